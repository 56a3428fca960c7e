package io.caravan.source;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How customers' databases are connected to.
 *
 * @param connectionsPerSource at most so many connections to one data source from this node
 * @param maxPools at most so many data sources connected to at once; the longest unused is closed
 *     for another
 * @param connectTimeout how long one may wait for a connection
 * @param statementTimeout how long the customer's server lets a statement run if nobody cancels it
 *     earlier
 * @param lockTimeout how long the customer's server lets a statement wait for a lock
 * @param idleTimeout connections are closed when unused for so long; at least 10 s
 * @param stopGrace how long stopped work may take to end before its connection is cut
 * @param driverFolder where drivers that are not bundled lie, in the folder itself or in one
 *     sub-folder a vendor
 * @param duckdbMemory how much memory one DuckDB file may take
 */
@ConfigurationProperties("caravan.source")
public record SourceProperties(
    @DefaultValue("2") int connectionsPerSource,
    @DefaultValue("100") int maxPools,
    @DefaultValue("10s") Duration connectTimeout,
    @DefaultValue("300s") Duration statementTimeout,
    @DefaultValue("5s") Duration lockTimeout,
    @DefaultValue("5m") Duration idleTimeout,
    @DefaultValue("5s") Duration stopGrace,
    @DefaultValue("drivers") Path driverFolder,
    @DefaultValue("512MB") DataSize duckdbMemory) {

  /** What the documentation gives when nothing is set. */
  public static SourceProperties defaults() {
    return new SourceProperties(
        2,
        100,
        Duration.ofSeconds(10),
        Duration.ofSeconds(300),
        Duration.ofSeconds(5),
        Duration.ofMinutes(5),
        Duration.ofSeconds(5),
        Path.of("drivers"),
        DataSize.ofMegabytes(512));
  }

  /** The same with another folder of drivers. */
  SourceProperties driverFolder(Path folder) {
    return new SourceProperties(
        connectionsPerSource,
        maxPools,
        connectTimeout,
        statementTimeout,
        lockTimeout,
        idleTimeout,
        stopGrace,
        folder,
        duckdbMemory);
  }

  /** The same with another limit for a statement. */
  public SourceProperties statementTimeout(Duration longest) {
    return new SourceProperties(
        connectionsPerSource,
        maxPools,
        connectTimeout,
        longest,
        lockTimeout,
        idleTimeout,
        stopGrace,
        driverFolder,
        duckdbMemory);
  }

  /** A silent network is noticed a little later than the server's own limit. */
  Duration socketTimeout() {
    return statementTimeout.plus(connectTimeout);
  }

  SessionLimits sessionLimits() {
    return new SessionLimits(statementTimeout, lockTimeout);
  }
}
