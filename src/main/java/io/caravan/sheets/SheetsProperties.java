package io.caravan.sheets;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Google Sheets is, and how long it is waited for.
 *
 * @param apiUrl base URL, without {@code /v4}
 * @param tokenUrl where tokens are made
 * @param quotaWait how long is waited after a 429: quotas are refilled every minute
 * @param readTimeout Google ends a request after 180 seconds (usage limits)
 */
@ConfigurationProperties("caravan.google-sheets")
public record SheetsProperties(
    URI apiUrl,
    URI tokenUrl,
    @DefaultValue("20s") Duration quotaWait,
    @DefaultValue("10s") Duration connectTimeout,
    @DefaultValue("180s") Duration readTimeout) {}
