package io.caravan.valuesync;

import io.caravan.source.DataSource;
import io.caravan.source.DataSources;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.stereotype.Component;

/** Searchable columns over tables that connectors load into Caravan's own database. */
@Component
public class OwnTables {
  private static final String SCHEMA = "connectorsync";
  private static final int POSTGRESQL = 5432;

  private final DataSources sources;
  private final SearchableColumns columns;
  private final URI own;

  OwnTables(DataSources sources, SearchableColumns columns, DataSourceProperties database) {
    this.sources = sources;
    this.columns = columns;
    this.own = server(database.determineUrl());
  }

  /**
   * What is to be read again after a table was loaded.
   *
   * @param table in schema connectorsync
   * @return one entry for each data source that has searchable columns over it
   */
  public List<ValueSync.RefreshRequest> refreshes(String table) {
    return sources.eligible().stream()
        .filter(this::isOwn)
        .filter(source -> !columns.forSync(source.id(), SCHEMA, table, null).isEmpty())
        .map(source -> new ValueSync.RefreshRequest(source.id(), SCHEMA, table, null))
        .toList();
  }

  private boolean isOwn(DataSource source) {
    if (!source.jdbcUrl().startsWith("jdbc:postgresql://")) {
      return false;
    }
    URI there = server(source.jdbcUrl());
    return there.getPath().equals(own.getPath())
        && port(there) == port(own)
        && sameHost(there.getHost(), own.getHost());
  }

  private static URI server(String jdbcUrl) {
    return URI.create(jdbcUrl.substring("jdbc:".length()).replaceFirst("\\?.*$", ""));
  }

  private static int port(URI server) {
    return server.getPort() < 0 ? POSTGRESQL : server.getPort();
  }

  private static boolean sameHost(String one, String other) {
    if (one == null || other == null) {
      return false;
    }
    try {
      return one.equalsIgnoreCase(other)
          || InetAddress.getByName(one).equals(InetAddress.getByName(other));
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
