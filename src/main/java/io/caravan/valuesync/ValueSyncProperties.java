package io.caravan.valuesync;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How values are read, below {@code caravan.valuesync}.
 *
 * @param maxValueLength values longer than this, in characters, are left out and counted
 * @param askSource a search of one column whose list is not complete also asks the customer's
 *     database when the stored values do not fill the answer: at most 10 values, 2 s, and one
 *     question at a time per data source and node
 * @param skipUnreadAfter a scheduled run leaves out columns that nobody searched for so long; zero:
 *     none
 */
@ConfigurationProperties("caravan.valuesync")
public record ValueSyncProperties(
    @DefaultValue("1000") int maxValueLength,
    @DefaultValue("true") boolean askSource,
    @DefaultValue("0d") Duration skipUnreadAfter) {}
