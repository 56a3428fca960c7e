package io.caravan.airtable;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Airtable is, and how it is asked.
 *
 * @param apiUrl base URL of the Web API, without {@code /v0}
 * @param tokenUrl where OAuth tokens are refreshed
 * @param ban how long a base answers nobody after it refused for too many requests; Airtable says
 *     30 seconds
 * @param tokenTimeout how long a refresh may take
 */
@ConfigurationProperties("caravan.airtable")
public record AirtableProperties(
    URI apiUrl,
    URI tokenUrl,
    @DefaultValue("30s") Duration ban,
    @DefaultValue("10s") Duration tokenTimeout) {}
