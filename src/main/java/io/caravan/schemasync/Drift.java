package io.caravan.schemasync;

import io.caravan.failure.ConflictException;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.NotFoundException;
import io.caravan.slack.SlackMessages;
import io.caravan.source.Dataset;
import io.caravan.source.DatasetPatch.Patched;
import io.caravan.source.Datasets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What people do with incidents (CONTRACT section 3, /api/v1/drift). */
@Component
public class Drift {
  private static final Duration LONGEST_SNOOZE = Duration.ofDays(366);

  private final IncidentStore store;
  private final Datasets datasets;
  private final DriftMessages messages;
  private final SlackMessages slack;
  private final TransactionTemplate transaction;

  Drift(
      IncidentStore store,
      Datasets datasets,
      DriftMessages messages,
      SlackMessages slack,
      PlatformTransactionManager transactions) {
    this.store = store;
    this.datasets = datasets;
    this.messages = messages;
    this.slack = slack;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * Incidents, newest first.
   *
   * @param organizationId null for all, likewise datasetId and state
   * @param limit null for 50
   * @param before only what is older than this incident; null for the newest
   */
  public Map<String, List<Incident>> list(
      UUID organizationId, UUID datasetId, String state, Integer limit, UUID before) {
    return Map.of(
        "incidents",
        store.list(
            organizationId,
            datasetId,
            state == null ? null : IncidentState.ofWord(state),
            before,
            limit == null ? 50 : limit));
  }

  /**
   * Incidents for people who mend them: the worst first, of equal ones the newest.
   *
   * @param organizationId null for all, likewise datasetId
   * @param state null for all that are not resolved
   */
  public List<Incident> worstFirst(
      UUID organizationId, UUID datasetId, IncidentState state, int limit) {
    return store.worstFirst(organizationId, datasetId, state, limit);
  }

  /** How many incidents nobody has looked after yet. */
  public int openIncidents() {
    return store.count(IncidentState.OPEN);
  }

  /**
   * Somebody takes care: no reminders any more.
   *
   * @throws NotFoundException when there is no such incident
   * @throws ConflictException when it is resolved
   */
  public Incident acknowledge(UUID id) {
    return turn(id, IncidentState.ACKNOWLEDGED, null);
  }

  /** Body of POST /api/v1/drift/{id}/snooze. */
  public record Snooze(Instant until) {}

  /**
   * Nobody is to hear of it until then.
   *
   * @throws InvalidInputException when the time is not in the future, or more than a year away
   * @throws NotFoundException when there is no such incident
   * @throws ConflictException when it is resolved
   */
  public Incident snooze(UUID id, Snooze snooze) {
    Instant now = Instant.now();
    if (snooze.until() == null
        || !snooze.until().isAfter(now)
        || snooze.until().isAfter(now.plus(LONGEST_SNOOZE))) {
      throw new InvalidInputException("until must be a time in the future, within a year.");
    }
    return turn(id, IncidentState.SNOOZED, snooze.until());
  }

  private Incident turn(UUID id, IncidentState state, Instant until) {
    Incident present = get(id);
    if (!store.turn(id, state, until)) {
      throw resolved(present);
    }
    return get(id);
  }

  /**
   * Writes what the incident suggests into the dataset's YAML, which settles it.
   *
   * @throws NotFoundException when there is no such incident
   * @throws ConflictException when it is resolved, suggests nothing, or the YAML says something
   *     else by now
   */
  public Incident accept(UUID id) {
    return transaction.execute(
        status -> {
          Incident incident = get(id);
          store.lock(incident.organizationId());
          incident = get(id);
          if (incident.state() == IncidentState.RESOLVED) {
            throw resolved(incident);
          }
          if (incident.change() == null) {
            throw new ConflictException(
                "The incident has no patch; edit the YAML of the dataset %s, or the database."
                    .formatted(incident.datasetName()));
          }
          Dataset dataset = datasets.get(incident.datasetId());
          Patched patched = patched(incident, dataset.yml());
          datasets.replaceYml(dataset, patched.yml());
          Incident settled = store.resolve(id, "Accepted into the YAML.");
          if (settled.toldAt() != null) {
            messages
                .of(
                    incident.organizationId(),
                    List.of(new DriftEvent(DriftEvent.Kind.RESOLVED, settled)))
                .forEach(slack::record);
          }
          return settled;
        });
  }

  private static Patched patched(Incident incident, String yml) {
    try {
      return YamlChange.of(incident.change()).apply(yml);
    } catch (InvalidInputException e) {
      throw new ConflictException(
          "The YAML of the dataset %s has changed since it was checked: %s"
              .formatted(incident.datasetName(), e.getMessage()));
    }
  }

  private Incident get(UUID id) {
    return store
        .find(id)
        .orElseThrow(() -> new NotFoundException("There is no incident " + id + "."));
  }

  private static ConflictException resolved(Incident incident) {
    return new ConflictException(
        "The incident was resolved at %s: %s"
            .formatted(incident.resolvedAt(), incident.resolution()));
  }
}
