package io.caravan.schemasync;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Decides what a check means for the incidents: new ones are opened, known ones last in silence,
 * those that are gone are resolved (requirements, section 4 item 1). State counts, not change: what
 * is mended needs no second change to be well again.
 */
@Component
class Incidents {
  private final IncidentStore store;
  private final ColumnUses uses;
  private final SchemaSyncProperties properties;

  Incidents(IncidentStore store, ColumnUses uses, SchemaSyncProperties properties) {
    this.store = store;
    this.uses = uses;
    this.properties = properties;
  }

  /**
   * Settles the incidents of an organisation after a check. Belongs into a transaction with the
   * messages about it, so that neither is lost.
   *
   * @param checked all datasets that are to be checked; incidents of any other are resolved, and
   *     nobody is told, since that is somebody's own doing
   * @return what somebody is to be told
   */
  List<DriftEvent> settle(UUID organizationId, Collection<CheckedDataset> checked) {
    store.lock(organizationId);
    Settlement settlement = new Settlement(organizationId, store.active(organizationId));
    checked.forEach(settlement::add);
    settlement.endOthers();
    return settlement.events;
  }

  /** One check of one organisation. */
  private final class Settlement {
    private final UUID organizationId;
    private final Map<UUID, Map<String, Incident>> active = new HashMap<>();
    private final Map<UUID, String> threads = new HashMap<>();
    private final List<DriftEvent> events = new ArrayList<>();

    Settlement(UUID organizationId, List<Incident> incidents) {
      this.organizationId = organizationId;
      for (Incident incident : incidents) {
        active
            .computeIfAbsent(incident.datasetId(), id -> new LinkedHashMap<>())
            .put(incident.fingerprint(), incident);
        threads.put(subject(incident.type(), incident.tableName(), incident), incident.threadKey());
      }
    }

    void add(CheckedDataset dataset) {
      Map<String, Incident> known = active.remove(dataset.id());
      Map<String, Incident> gone = known == null ? new HashMap<>() : known;
      Set<String> found = new HashSet<>();
      for (Finding finding : dataset.findings()) {
        if (found.add(finding.fingerprint())) {
          Incident present = gone.remove(finding.fingerprint());
          List<String> usedBy = uses.of(dataset.dataSourceId(), finding);
          if (present == null) {
            open(dataset, finding, usedBy);
          } else {
            last(present, finding, usedBy);
          }
        }
      }
      gone.values().stream()
          .filter(incident -> !dataset.hides(incident))
          .map(incident -> store.resolve(incident.id(), "The check found it no more."))
          .filter(incident -> incident.toldAt() != null)
          .forEach(incident -> tell(DriftEvent.Kind.RESOLVED, incident));
    }

    /** What concerns a whole data source has a thread of its own, else each dataset has one. */
    private UUID subject(FindingType type, String table, Incident incident) {
      return type == FindingType.UNVERIFIABLE && table == null
          ? incident.dataSourceId()
          : incident.datasetId();
    }

    private void open(CheckedDataset dataset, Finding finding, List<String> usedBy) {
      boolean ofSource = finding.type() == FindingType.UNVERIFIABLE && finding.table() == null;
      UUID subject = ofSource ? dataset.dataSourceId() : dataset.id();
      String thread =
          threads.computeIfAbsent(
              subject, id -> "schemasync/%s/%s".formatted(id, UUID.randomUUID()));
      boolean told = finding.severity() != Severity.INFO || properties.tellInfos();
      Incident opened =
          store.open(organizationId, dataset.dataSourceId(), finding, usedBy, thread, told);
      if (told) {
        tell(DriftEvent.Kind.OPENED, opened);
      }
    }

    private void last(Incident present, Finding finding, List<String> usedBy) {
      Instant now = Instant.now();
      boolean reopened =
          present.state() == IncidentState.SNOOZED && !present.snoozedUntil().isAfter(now);
      boolean open = present.state() == IncidentState.OPEN;
      boolean worse = finding.severity().compareTo(present.severity()) < 0;
      boolean due = open && reminder(finding.severity(), present.toldAt(), now);
      boolean told = reopened && present.toldAt() != null || due || open && worse;
      Incident lasting = store.last(present, finding, usedBy, told, reopened);
      if (told) {
        tell(worse ? DriftEvent.Kind.WORSENED : DriftEvent.Kind.REMINDED, lasting);
      }
    }

    private boolean reminder(Severity severity, Instant told, Instant now) {
      Duration after =
          switch (severity) {
            case CRITICAL -> properties.remindCriticalAfter();
            case WARNING, UNVERIFIABLE -> properties.remindWarningAfter();
            case INFO -> Duration.ZERO;
          };
      return told != null && !after.isZero() && !told.plus(after).isAfter(now);
    }

    void endOthers() {
      active.values().stream()
          .flatMap(known -> known.values().stream())
          .forEach(
              incident -> store.resolve(incident.id(), "The dataset is not checked any more."));
    }

    private void tell(DriftEvent.Kind kind, Incident incident) {
      events.add(new DriftEvent(kind, incident));
    }
  }
}
