package io.caravan.bluegreen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.failure.ConflictException;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.run.ItemState;
import io.caravan.run.PlannedItem;
import io.caravan.run.Run;
import io.caravan.run.RunItem;
import io.caravan.run.RunProperties;
import io.caravan.run.RunRequest;
import io.caravan.run.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * A run of bluegreen: every path of the Blue API is an item, whose payload is loaded off to the
 * side; when all are there the release is audited and published as a whole. A run over some
 * entities only takes them from the raw JSON that is kept.
 */
@Component
public class BlueGreen {
  private static final Logger LOG = LoggerFactory.getLogger(BlueGreen.class);

  private final BlueGreenProperties properties;
  private final RunProperties runProperties;
  private final EntitySet entities;
  private final Releases releases;
  private final Audits audits;
  private final Publisher publisher;
  private final Differences differences;
  private final Runs runs;
  private final ObjectMapper json;

  BlueGreen(
      BlueGreenProperties properties,
      RunProperties runProperties,
      EntitySet entities,
      Releases releases,
      Audits audits,
      Publisher publisher,
      Differences differences,
      Runs runs,
      ObjectMapper json) {
    this.properties = properties;
    this.runProperties = runProperties;
    this.entities = entities;
    this.releases = releases;
    this.audits = audits;
    this.publisher = publisher;
    this.differences = differences;
    this.runs = runs;
    this.json = json;
  }

  /**
   * One item a path; with {@code only}, one an entity.
   *
   * @throws Failure of kind configuration when there is no source, no such entity, or a limit; of
   *     kind brake while a release is pinned
   */
  public List<PlannedItem> plan(Run run) {
    RunRequest asked = run.request();
    if (asked.limit() != null) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "A release is made of all entities, or of those that only names: leave out limit.");
    }
    List<PlannedItem> items = asked.only().isEmpty() ? paths() : stored(asked.only());
    releases
        .pinned()
        .ifPresent(
            pinned -> {
              throw new Failure(
                  FailureKind.BRAKE,
                  "Release %d is pinned, so nothing was fetched; unpin it first."
                      .formatted(pinned.release()));
            });
    releases.tidy(runProperties.keepFor());
    releases.of(run.id());
    return items;
  }

  private List<PlannedItem> paths() {
    if (properties.sourceUrl().isBlank()) {
      throw new Failure(
          FailureKind.CONFIGURATION, "Set SOURCE_API_URL to the base URL of the Blue API.");
    }
    return entities.byPath().entrySet().stream()
        .map(
            path ->
                item(
                    path.getKey(),
                    path.getValue().stream().map(Entity::name).collect(Collectors.joining(", "))))
        .toList();
  }

  private List<PlannedItem> stored(List<String> only) {
    return only.stream()
        .map(
            name ->
                entities
                    .find(name)
                    .orElseThrow(
                        () ->
                            new Failure(
                                FailureKind.CONFIGURATION,
                                "There is no entity of that name; there is %s."
                                    .formatted(entities.names()))))
        .map(Entity::name)
        .distinct()
        .map(name -> item(name, name))
        .toList();
  }

  private PlannedItem item(String key, String title) {
    return new PlannedItem(key, title, null, null, json.createObjectNode());
  }

  /**
   * The release that the run has built, when there is one to publish.
   *
   * @return null when there is nothing to publish: nothing changed, it is published already, or
   *     items are left for whoever takes the run over
   * @throws Failure with the first item's reason when a payload is missing; what is live stays
   */
  public Releases.Release candidate(Run run) {
    List<RunItem> items = runs.items(run.id(), null);
    if (items.stream().anyMatch(item -> !item.status().finished())) {
      return null;
    }
    int number = releases.of(run.id());
    Releases.Release built = releases.get(number);
    if (Set.of("live", "kept", "gone").contains(built.status())) {
      return null;
    }
    Optional<RunItem> failed =
        items.stream().filter(item -> item.status() == ItemState.FAILED).findFirst();
    if (failed.isPresent()) {
      throw failed(number, failed.get());
    }
    if (items.stream().anyMatch(item -> item.status() == ItemState.SKIPPED && !unchanged(item))) {
      releases.end(number, "failed", "not all payloads were fetched", null);
      return null;
    }
    if (items.stream().allMatch(BlueGreen::unchanged)) {
      releases.end(number, "gone", "unchanged", null);
      return null;
    }
    Set<String> own = own(run);
    Map<String, Releases.Part> live = releases.liveParts();
    Map<String, Releases.Part> parts = built.parts();
    if (!run.request().only().isEmpty()) {
      live.values().stream()
          .filter(part -> !own.contains(part.entity()))
          // One that the entity file no longer has is not published any more.
          .filter(part -> entities.find(part.entity()).isPresent())
          .forEach(part -> releases.carryOver(number, part));
    } else if (parts.size() < entities.entities().size()) {
      releases.end(number, "failed", "it is not whole", null);
      throw new Failure(
          FailureKind.CONFIGURATION,
          "Some payloads alone make no release, and what is live stays; start a whole run.");
    }
    releases.end(number, "building", run.request().reason(), null);
    return releases.get(number);
  }

  /** Entities that the run itself makes; the others of its release are as they are live. */
  private Set<String> own(Run run) {
    List<String> only = run.request().only();
    return (only.isEmpty() ? entities.entities().stream() : only.stream().map(entities::named))
        .map(Entity::name)
        .collect(Collectors.toSet());
  }

  /** What the database is asked before the release is published. */
  public List<AuditQuestion> questions(Run run, Releases.Release candidate) {
    Set<String> own = own(run);
    return entities.entities().stream()
        .filter(entity -> own.contains(entity.name()))
        .flatMap(entity -> audits.questions(entity, candidate.parts(), entities).stream())
        .toList();
  }

  /** The audit with the number that the database answered. */
  public Audit answered(AuditQuestion question, long wrong) {
    return question.answered(wrong);
  }

  /**
   * Publishes a release that passes its audits; a dry run only tells.
   *
   * @param answered audits that the database answered
   * @throws Failure of kind brake with the numbers when an audit refuses the release; what is live
   *     does not change then
   */
  public void publish(Run run, Releases.Release candidate, List<Audit> answered) {
    int number = candidate.release();
    Map<String, Releases.Part> live = releases.liveParts();
    List<Audit> all = audits(run, candidate, answered, live);
    List<Audit> failing = all.stream().filter(audit -> !audit.passed()).toList();
    JsonNode numbers = json.valueToTree(all);
    if (!failing.isEmpty() && !run.request().force() && !run.dryRun()) {
      String why = failing.stream().map(Audit::message).collect(Collectors.joining("; "));
      releases.end(number, "rejected", why, numbers);
      throw new Failure(
          FailureKind.BRAKE,
          "Release %d was refused and what is live stays: %s. To publish it all the same, start a run with force and a reason."
              .formatted(number, why));
    }
    try {
      candidate
          .entities()
          .forEach(
              part ->
                  differences.record(
                      number, entities.named(part.entity()), part, live.get(part.entity())));
      if (run.dryRun()) {
        releases.end(number, "gone", "dry run", numbers);
        return;
      }
      releases.end(number, "building", run.request().reason(), numbers);
      publisher.publish(candidate);
    } catch (RuntimeException e) {
      releases.end(number, "failed", e.getMessage(), numbers);
      throw e;
    }
    LOG.info("bluegreen run {}: release {} is live", run.id(), number);
  }

  private List<Audit> audits(
      Run run, Releases.Release candidate, List<Audit> answered, Map<String, Releases.Part> live) {
    Set<String> own = own(run);
    List<Audit> all = new ArrayList<>();
    entities.entities().stream()
        .filter(entity -> own.contains(entity.name()))
        .forEach(
            entity ->
                all.addAll(
                    audits.of(
                        entity, candidate.parts().get(entity.name()), live.get(entity.name()))));
    all.addAll(answered);
    return all;
  }

  static boolean unchanged(RunItem item) {
    return item.status() == ItemState.SKIPPED && item.reason().startsWith("unchanged");
  }

  private Failure failed(int number, RunItem item) {
    String why = "%s: %s".formatted(item.key(), item.error().message());
    releases.end(number, "failed", why, null);
    FailureKind kind = FailureKind.valueOf(item.error().kind().toUpperCase(Locale.ROOT));
    return new Failure(
        // The item was tried again already; to look at it again would find the same.
        kind == FailureKind.TRANSIENT ? FailureKind.DATA : kind,
        "Release %d failed and what is live stays. %s".formatted(number, why));
  }

  /**
   * Points all views at an older release, or at one that was only kept, in one transaction.
   *
   * @throws ConflictException when it is live already, or its tables are not kept
   */
  public Releases.Release activate(int number, Activation activation) {
    Releases.Release release = releases.get(number);
    if (!release.status().equals("kept")) {
      throw new ConflictException(
          "Release %d is %s; only a kept release can be activated."
              .formatted(number, release.status()));
    }
    publisher.publish(release);
    LOG.info("bluegreen release {} was activated: {}", number, activation.reason());
    return releases.get(number);
  }

  /** Body of POST /api/v1/releases/{release}/activate. */
  public record Activation(String reason) {}
}
