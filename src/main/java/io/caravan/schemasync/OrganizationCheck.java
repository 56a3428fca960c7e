package io.caravan.schemasync;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.InvalidInputException;
import io.caravan.run.ItemState;
import io.caravan.run.Outcome;
import io.caravan.run.WorkItem;
import io.caravan.slack.SlackMessages;
import io.caravan.slack.SlackReceipt;
import io.caravan.slack.SlackStatus;
import io.caravan.source.DataSource;
import io.caravan.source.DataSources;
import io.caravan.source.Dataset;
import io.caravan.source.DatasetDefinitions;
import io.caravan.source.DatasetTable;
import io.caravan.source.Datasets;
import io.caravan.source.LiveSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The check of one organisation: which schemas, what does not fit, what follows. */
@Component
public class OrganizationCheck {
  private final DataSources dataSources;
  private final Datasets datasets;
  private final DatasetDefinitions definitions;
  private final Incidents incidents;
  private final DriftMessages messages;
  private final SlackMessages slack;
  private final SchemaSyncProperties properties;
  private final TransactionTemplate transaction;
  private final ObjectMapper json;

  OrganizationCheck(
      DataSources dataSources,
      Datasets datasets,
      DatasetDefinitions definitions,
      Incidents incidents,
      DriftMessages messages,
      SlackMessages slack,
      SchemaSyncProperties properties,
      PlatformTransactionManager transactions,
      ObjectMapper json) {
    this.dataSources = dataSources;
    this.datasets = datasets;
    this.definitions = definitions;
    this.incidents = incidents;
    this.messages = messages;
    this.slack = slack;
    this.properties = properties;
    this.transaction = new TransactionTemplate(transactions);
    this.json = json;
  }

  /**
   * The datasets of the item's organisation, grouped by the schema they stand in (SS-03, SS-04).
   */
  public OrganizationDatasets datasets(WorkItem item) {
    UUID organization = UUID.fromString(item.key());
    Map<UUID, DataSource> sources =
        dataSources.eligible(organization).stream()
            .collect(Collectors.toMap(DataSource::id, Function.identity()));
    List<Dataset> all = datasets.checkable(organization);
    Map<List<Object>, SchemaGroup> groups = new LinkedHashMap<>();
    Map<UUID, Failure> unreachable = new ConcurrentHashMap<>();
    List<CheckedDataset> unreadable = new ArrayList<>();
    for (Dataset dataset : all) {
      DataSource source = sources.get(dataset.dataSourceId());
      try {
        List<DatasetTable> tables = definitions.of(dataset).tables();
        if (tables.isEmpty()) {
          throw new InvalidInputException("The YAML describes no table.");
        }
        for (DatasetTable table : tables) {
          String database = dataset.databaseOf(table);
          String schema = dataset.schemaOf(table);
          groups
              .computeIfAbsent(
                  // As written: Sales and sales may both be there.
                  List.of(source.id(), database, schema),
                  key ->
                      new SchemaGroup(
                          source.id(),
                          source.name(),
                          source.type(),
                          database,
                          schema,
                          new ArrayList<>(),
                          unreachable))
              .tables()
              .add(
                  new TableToCheck(
                      dataset.id(),
                      dataset.name(),
                      source.id(),
                      source.type(),
                      table,
                      dataset.yml()));
        }
      } catch (InvalidInputException e) {
        unreadable.add(unverifiable(dataset.id(), dataset.name(), source.id(), e.getMessage()));
      }
    }
    return new OrganizationDatasets(
        sources.size(), all.size(), List.copyOf(groups.values()), unreadable);
  }

  private static CheckedDataset unverifiable(
      UUID dataset, String name, UUID dataSource, String reason) {
    return new CheckedDataset(
        dataset,
        name,
        dataSource,
        List.of(
            new Finding(
                FindingType.UNVERIFIABLE,
                Severity.UNVERIFIABLE,
                dataset,
                name,
                null,
                null,
                null,
                null,
                reason,
                null,
                null,
                List.of(),
                Finding.Details.NONE)));
  }

  /**
   * Compares a group's tables with the live schema.
   *
   * @param live null when it could not be read
   * @param unreadable why; null when it could
   */
  public List<CheckedDataset> compare(SchemaGroup group, LiveSchema live, Failure unreadable) {
    if (unreadable != null && unreadable.kind() == FailureKind.TRANSIENT) {
      group.unreachable().put(group.dataSourceId(), unreadable);
    }
    return group.tables().stream()
        .map(
            table ->
                unreadable == null
                    ? new CheckedDataset(
                        table.datasetId(),
                        table.datasetName(),
                        table.dataSourceId(),
                        TableComparison.compare(table, live, properties.reportUnknownColumns()))
                    : unverifiable(
                        table.datasetId(),
                        table.datasetName(),
                        table.dataSourceId(),
                        "%s: %s".formatted(group.dataSourceName(), unreadable.getMessage())))
        .toList();
  }

  /**
   * Settles the incidents and records the messages about them, both or neither. A dry run does
   * neither.
   *
   * @param groups what {@link #compare} found, by group
   */
  public Settled settle(
      WorkItem item, OrganizationDatasets datasets, List<List<CheckedDataset>> groups) {
    List<CheckedDataset> all = new ArrayList<>(datasets.unreadable());
    groups.forEach(all::addAll);
    List<CheckedDataset> checked = whole(all);
    if (item.dryRun()) {
      return new Settled(datasets, checked, List.of(), List.of(), List.of());
    }
    UUID organization = UUID.fromString(item.key());
    return transaction.execute(
        status -> {
          List<DriftEvent> events = incidents.settle(organization, checked);
          List<SlackReceipt> receipts =
              messages.of(organization, events).stream().map(slack::record).toList();
          return new Settled(
              datasets,
              checked,
              events,
              receipts,
              receipts.stream().limit(properties.messagesAtOnce()).toList());
        });
  }

  /** One entry a dataset, whose tables may stand in several schemas. */
  private static List<CheckedDataset> whole(Collection<CheckedDataset> parts) {
    Map<UUID, CheckedDataset> whole = new LinkedHashMap<>();
    for (CheckedDataset part : parts) {
      whole.merge(
          part.id(),
          part,
          (one, other) -> {
            List<Finding> findings = new ArrayList<>(one.findings());
            findings.addAll(other.findings());
            return new CheckedDataset(one.id(), one.name(), one.dataSourceId(), findings);
          });
    }
    return List.copyOf(whole.values());
  }

  /**
   * How the item ends: what could not be checked makes it fail, with all that was found.
   *
   * @param delivered how it stands with the first messages
   */
  public Outcome outcome(WorkItem item, Settled settled, List<SlackReceipt> delivered) {
    OrganizationResult result = result(item, settled, delivered);
    if (result.unverifiable() == 0) {
      return Outcome.succeeded(json.valueToTree(result));
    }
    List<String> reasons =
        settled.checked().stream()
            .flatMap(dataset -> dataset.findings().stream())
            .filter(finding -> !finding.isVerified())
            .map(Finding::message)
            .distinct()
            .limit(3)
            .toList();
    return new Outcome(
        ItemState.FAILED,
        json.valueToTree(result),
        null,
        FailureKind.CONFIGURATION,
        "%d of %d datasets could not be checked. %s"
            .formatted(result.unverifiable(), result.datasetsChecked(), String.join(" ", reasons)),
        null);
  }

  private static OrganizationResult result(
      WorkItem item, Settled settled, List<SlackReceipt> delivered) {
    List<Finding> findings =
        settled.checked().stream().flatMap(dataset -> dataset.findings().stream()).toList();
    int critical = count(findings, Severity.CRITICAL);
    int warnings = count(findings, Severity.WARNING);
    int infos = count(findings, Severity.INFO);
    int sent = count(delivered, SlackStatus.SENT);
    int undelivered =
        count(delivered, SlackStatus.FAILED)
            + (int)
                settled.receipts().stream()
                    .filter(receipt -> receipt.status() == SlackStatus.SKIPPED)
                    .count();
    return new OrganizationResult(
        UUID.fromString(item.key()),
        item.title(),
        settled.datasets().dataSources(),
        settled.datasets().datasets(),
        critical + warnings + infos,
        critical,
        warnings,
        infos,
        (int) settled.checked().stream().filter(dataset -> !dataset.isVerified()).count(),
        count(settled, DriftEvent.Kind.OPENED) + count(settled, DriftEvent.Kind.WORSENED),
        count(settled, DriftEvent.Kind.REMINDED),
        count(settled, DriftEvent.Kind.RESOLVED),
        sent,
        settled.receipts().size() - sent - undelivered,
        undelivered,
        findings.stream()
            .limit(OrganizationResult.MOST)
            .map(OrganizationResult.Discrepancy::of)
            .toList());
  }

  private static int count(List<Finding> findings, Severity severity) {
    return (int) findings.stream().filter(finding -> finding.severity() == severity).count();
  }

  private static int count(List<SlackReceipt> receipts, SlackStatus status) {
    return (int)
        receipts.stream()
            .filter(Objects::nonNull)
            .filter(receipt -> receipt.status() == status)
            .count();
  }

  private static int count(Settled settled, DriftEvent.Kind kind) {
    return (int) settled.events().stream().filter(event -> event.kind() == kind).count();
  }
}
