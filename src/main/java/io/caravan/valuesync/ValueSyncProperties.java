package io.caravan.valuesync;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How values are read, below {@code caravan.valuesync}.
 *
 * @param maxValueLength values longer than this, in characters, are left out and counted
 * @param skipUnreadAfter a scheduled run leaves out columns that nobody searched for so long; zero:
 *     none
 */
@ConfigurationProperties("caravan.valuesync")
public record ValueSyncProperties(
    @DefaultValue("1000") int maxValueLength, @DefaultValue("0d") Duration skipUnreadAfter) {}
