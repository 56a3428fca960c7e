package io.caravan.schemasync;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.run.WorkItem;
import io.caravan.source.Catalogue;
import io.caravan.source.LiveSchema;
import io.caravan.source.SourceConnections;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Reads live schemas in customers' databases. */
@Component
class SchemaReader {
  private final SourceConnections connections;

  SchemaReader(SourceConnections connections) {
    this.connections = connections;
  }

  /**
   * Reads a group's schema, with one query.
   *
   * @throws Failure why it cannot be read, or the reason of the item's stop
   */
  public LiveSchema read(WorkItem item, SchemaGroup group) {
    Failure known = group.unreachable().get(group.dataSourceId());
    if (known != null) {
      throw new Failure(FailureKind.CONFIGURATION, known.getMessage());
    }
    Set<String> wanted =
        group.tables().stream()
            .map(table -> table.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    return connections.read(
        group.dataSourceId(),
        item.stop(),
        session -> Catalogue.read(session, group.database(), group.schema(), wanted::contains));
  }
}
