package io.caravan.connectorsync.jdbc;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How databases are read by connectors.
 *
 * @param fullEvery every so many syncs everything is read though there is a cursor, so that removed
 *     rows are found; 0 for never
 * @param longestQuery that a customer's server lets run, as long as a sync may take
 */
@ConfigurationProperties("caravan.connectorsync")
public record JdbcProperties(
    @DefaultValue("24") int fullEvery, @DefaultValue("30m") Duration longestQuery) {}
