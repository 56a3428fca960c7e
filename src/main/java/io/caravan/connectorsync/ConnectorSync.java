package io.caravan.connectorsync;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.NotFoundException;
import io.caravan.run.ItemState;
import io.caravan.run.PlannedItem;
import io.caravan.run.Run;
import io.caravan.run.RunItem;
import io.caravan.run.RunRequest;
import io.caravan.run.Runs;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** A run as a whole: whose turn it is, and what came of it. */
@Component
public class ConnectorSync {
  static final String PIPELINE = "connectorsync";

  /** Fields of the types' configs that say where the source is. */
  private static final List<String> ADDRESSES =
      List.of("baseUrl", "url", "endpoint", "jdbcUrl", "path", "host", "shopDomain");

  private static final Set<String> COMPLETE = Set.of("COMPLETED", "PARTIAL");

  private final Connectors connectors;
  private final DueQueue queue;
  private final Runs runs;

  ConnectorSync(Connectors connectors, DueQueue queue, Runs runs) {
    this.connectors = connectors;
    this.queue = queue;
    this.runs = runs;
  }

  /**
   * The connectors that are due, the latest first; one that is named is synced though it is not.
   *
   * @throws Failure of kind configuration when the run names one that is not there
   */
  public List<PlannedItem> plan(Run run) {
    if (run.request().only().isEmpty()) {
      return queue.due(run.request().limit()).stream().map(ConnectorSync::item).toList();
    }
    return run.request().only().stream()
        .distinct()
        .map(this::named)
        .map(ConnectorSync::item)
        .toList();
  }

  private Connector named(String id) {
    try {
      return connectors.get(UUID.fromString(id));
    } catch (NotFoundException | IllegalArgumentException e) {
      throw new Failure(
          FailureKind.CONFIGURATION, "There is no connector with the id %s.".formatted(id), e);
    }
  }

  private static PlannedItem item(Connector connector) {
    return new PlannedItem(
        connector.id().toString(),
        connector.name(),
        lane(connector),
        null,
        JsonNodeFactory.instance.objectNode().put("connectorId", connector.id().toString()));
  }

  /** Connectors of one server share its patience; null when their config names none. */
  private static String lane(Connector connector) {
    return ADDRESSES.stream()
        .map(field -> host(connector.config().path(field).asText("")))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(null);
  }

  private static Optional<String> host(String address) {
    try {
      return Optional.ofNullable(URI.create(address.replaceFirst("^jdbc:", "")).getHost());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Asks for a sync of one connector.
   *
   * @throws NotFoundException when there is no such connector
   */
  public Run request(UUID connector) {
    connectors.get(connector);
    return runs.request(
        PIPELINE,
        "api",
        new RunRequest(List.of(connector.toString()), null, false, false, null),
        null);
  }

  /** The seed's answer of POST /api/connectors/sync. */
  public record Report(
      boolean success, int processed, int successful, int failed, List<Detail> results) {}

  /**
   * One connector's line.
   *
   * @param plan what a dry run would have changed; null otherwise
   */
  public record Detail(
      String connectorId,
      boolean success,
      long recordsFetched,
      long recordsProcessed,
      String datasetId,
      String error,
      @JsonInclude(JsonInclude.Include.NON_NULL) String plan) {}

  /**
   * The report as far as the run's items are done.
   *
   * @param failure why the run as a whole failed; null when it did not
   */
  public Report report(Run run, Failure failure) {
    List<Detail> details = new ArrayList<>();
    for (RunItem item : runs.items(run.id(), null)) {
      JsonNode result =
          item.result() == null ? JsonNodeFactory.instance.objectNode() : item.result();
      boolean planned = run.dryRun() && COMPLETE.contains(result.path("status").asText());
      boolean success = item.status() == ItemState.SUCCEEDED || planned;
      details.add(
          new Detail(
              item.key(),
              success,
              result.path("recordsFetched").asLong(),
              result.path("recordsProcessed").asLong(),
              result.path("datasetId").textValue(),
              planned ? result.path("error").textValue() : error(item, result),
              planned ? item.reason() : null));
    }
    int successful = (int) details.stream().filter(Detail::success).count();
    return new Report(
        failure == null && successful == details.size(),
        details.size(),
        successful,
        details.size() - successful,
        details);
  }

  private static String error(RunItem item, JsonNode result) {
    if (item.error() != null) {
      return item.error().message();
    }
    return item.reason() != null ? item.reason() : result.path("error").textValue();
  }
}
