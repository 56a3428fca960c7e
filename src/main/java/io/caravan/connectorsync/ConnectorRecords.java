package io.caravan.connectorsync;

import io.caravan.connectorsync.dataset.Changes;
import io.caravan.connectorsync.dataset.Dataset;
import io.caravan.connectorsync.dataset.Datasets;
import io.caravan.connectorsync.dataset.RecordFormat;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.NotFoundException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The records that connectors brought, for readers (section 4, item 4). */
@Component
public class ConnectorRecords {
  private final Connectors connectors;
  private final Datasets datasets;

  ConnectorRecords(Connectors connectors, Datasets datasets) {
    this.connectors = connectors;
    this.datasets = datasets;
  }

  /**
   * Opens a dataset for one reading.
   *
   * @param resource may be null where the connector has only one
   * @param changedSince as {@link Datasets#changedSince}
   * @param limit of records; null for none
   * @return to be closed
   * @throws InvalidInputException when it has several resources and none is named, or {@code
   *     changedSince} is none
   * @throws NotFoundException when there is no such connector, or it was not synced yet
   */
  public Changes open(UUID connector, String resource, String changedSince, Integer limit) {
    connectors.get(connector);
    return datasets.changedSince(
        connector, resource == null ? only(connector) : resource, changedSince, limit);
  }

  private String only(UUID connector) {
    List<Dataset> all = datasets.of(connector);
    if (all.isEmpty()) {
      throw new NotFoundException("The connector was not synced yet.");
    }
    if (all.size() > 1) {
      throw new InvalidInputException(
          "resource must name one of %s."
              .formatted(all.stream().map(Dataset::resource).collect(Collectors.joining(", "))));
    }
    return all.getFirst().resource();
  }

  /** As in the contract; null for JSON. */
  public static RecordFormat format(String word) {
    return word == null ? RecordFormat.JSON : RecordFormat.valueOf(word.toUpperCase(Locale.ROOT));
  }
}
