package io.caravan.bluegreen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.failure.ConflictException;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.run.ItemState;
import io.caravan.run.Outcome;
import io.caravan.run.PlannedItem;
import io.caravan.run.Run;
import io.caravan.run.RunItem;
import io.caravan.run.RunRequest;
import io.caravan.run.Runs;
import io.caravan.run.WorkItem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ResourceLoader;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;

/**
 * A run of bluegreen: every path of the Blue API is an item, whose payload is loaded off to the
 * side; when all are there the release is audited and published as a whole.
 */
@Component
public class BlueGreen {
  private static final Logger LOG = LoggerFactory.getLogger(BlueGreen.class);
  private static final Pattern NEXT_WORD = Pattern.compile("_(.)");

  private final BlueGreenProperties properties;
  private final EntitySet entities;
  private final GreenTables tables;
  private final Releases releases;
  private final Audits audits;
  private final Publisher publisher;
  private final Differences differences;
  private final Runs runs;
  private final ObjectMapper json;

  BlueGreen(
      BlueGreenProperties properties,
      ResourceLoader resources,
      GreenTables tables,
      Releases releases,
      Audits audits,
      Publisher publisher,
      Differences differences,
      Runs runs,
      ObjectMapper json)
      throws IOException {
    this.properties = properties;
    this.entities =
        EntityFile.read(
            properties.entities(),
            resources
                .getResource(properties.entities())
                .getContentAsString(StandardCharsets.UTF_8));
    this.tables = tables;
    this.releases = releases;
    this.audits = audits;
    this.publisher = publisher;
    this.differences = differences;
    this.runs = runs;
    this.json = json;
  }

  /**
   * One item a path.
   *
   * @throws Failure of kind configuration when there is no source, or only a part of a release is
   *     asked for; of kind brake while a release is pinned
   */
  public List<PlannedItem> plan(Run run) {
    if (properties.sourceUrl().isBlank()) {
      throw new Failure(
          FailureKind.CONFIGURATION, "Set SOURCE_API_URL to the base URL of the Blue API.");
    }
    RunRequest asked = run.request();
    if (asked.dryRun() || !asked.only().isEmpty() || asked.limit() != null) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "A release is made of all entities: leave out only, limit and dryRun.");
    }
    releases.list(100).stream()
        .filter(Releases.Release::pinned)
        .findFirst()
        .ifPresent(
            pinned -> {
              throw new Failure(
                  FailureKind.BRAKE,
                  "Release %d is pinned, so nothing was fetched; unpin it first."
                      .formatted(pinned.release()));
            });
    releases.of(run.id());
    return entities.byPath().entrySet().stream()
        .map(
            path ->
                new PlannedItem(
                    path.getKey(),
                    path.getValue().stream().map(Entity::name).collect(Collectors.joining(", ")),
                    null,
                    null,
                    json.createObjectNode()))
        .toList();
  }

  /**
   * Loads what was fetched for an item into idle versions of its entities.
   *
   * @param body of the answer; read to its end
   * @throws Failure what is wrong with the payload; nothing of it is used then
   */
  public Outcome load(WorkItem item, InputStream body) {
    List<Entity> targets = entities.byPath().get(item.key());
    int release = releases.of(item.runId());
    try {
      Path file = Files.createTempFile("caravan-payload-", ".json");
      try {
        String hash = spool(body, file, targets);
        return loadFile(item, file, hash, targets, release);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new Failure(
          FailureKind.TRANSIENT, item.title() + ": the answer broke off while it was read.", e);
    } catch (SQLException e) {
      throw new DataAccessResourceFailureException("loading " + item.title(), e);
    }
  }

  /**
   * @return a hash of the payload and of what is made of it
   */
  private static String spool(InputStream body, Path file, List<Entity> targets)
      throws IOException {
    MessageDigest digest = sha256();
    digest.update(targets.toString().getBytes(StandardCharsets.UTF_8));
    try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
      body.transferTo(out);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Outcome loadFile(WorkItem item, Path file, String hash, List<Entity> targets, int release)
      throws SQLException, IOException {
    Map<String, Releases.Part> live = live();
    if (!item.force()
        && targets.stream()
            .allMatch(
                entity ->
                    live.containsKey(entity.name())
                        && live.get(entity.name()).payloadHash().equals(hash))) {
      targets.forEach(entity -> releases.recordUnchanged(release, entity.name()));
      return Outcome.skipped("unchanged: the payload is that of the live release", null);
    }
    List<EntityLoad> loads = new ArrayList<>();
    for (Entity entity : targets) {
      Payload payload = new Payload(file, "The answer of " + item.key(), camelCase(targets));
      int version = releases.idleVersion(release, entity.name());
      EntityLoad load = tables.load(entity, version, payload, item.stop());
      releases.record(release, load, hash);
      loads.add(load);
    }
    return Outcome.succeeded(json.valueToTree(Map.of("entities", loads)));
  }

  private static String camelCase(List<Entity> targets) {
    return NEXT_WORD
        .matcher(targets.getFirst().name())
        .replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
  }

  private Map<String, Releases.Part> live() {
    return releases.live().map(BlueGreen::parts).orElse(Map.of());
  }

  private static Map<String, Releases.Part> parts(Releases.Release release) {
    return release.entities().stream()
        .collect(Collectors.toMap(Releases.Part::entity, Function.identity()));
  }

  /**
   * Audits and publishes what the run has loaded.
   *
   * @throws Failure of kind brake with the numbers when an audit refuses the release; with the
   *     first item's reason when a payload is missing. What is live does not change then.
   */
  public void publish(Run run) {
    List<RunItem> items = runs.items(run.id(), null);
    int number = releases.of(run.id());
    items.stream()
        .filter(item -> item.status() == ItemState.FAILED)
        .findFirst()
        .ifPresent(item -> fail(number, item));
    if (items.stream().anyMatch(item -> item.status() == ItemState.SKIPPED && !unchanged(item))) {
      releases.end(number, "failed", "not all payloads were fetched", null);
      return;
    }
    if (items.stream().allMatch(BlueGreen::unchanged)) {
      releases.end(number, "gone", "unchanged", null);
      return;
    }
    Releases.Release release = releases.get(number);
    if (release.entities().size() < entities.entities().size()) {
      releases.end(number, "failed", "it is not whole", null);
      throw new Failure(
          FailureKind.CONFIGURATION,
          "Some payloads alone make no release, and what is live stays; start a whole run.");
    }
    Map<String, Releases.Part> live = live();
    List<Audit> found = audits.of(entities, parts(release), live);
    JsonNode numbers = json.valueToTree(found);
    List<Audit> failing = found.stream().filter(audit -> !audit.passed()).toList();
    if (!failing.isEmpty() && !run.request().force()) {
      String why = failing.stream().map(Audit::message).collect(Collectors.joining("; "));
      releases.end(number, "rejected", why, numbers);
      throw new Failure(
          FailureKind.BRAKE,
          "Release %d was refused and what is live stays: %s. To publish it all the same, start a run with force and a reason."
              .formatted(number, why));
    }
    releases.end(number, "building", run.request().reason(), numbers);
    release
        .entities()
        .forEach(
            part ->
                differences.record(
                    number, entities.named(part.entity()), part, live.get(part.entity())));
    publisher.publish(release);
    LOG.info("bluegreen run {}: release {} is live", run.id(), number);
  }

  private static boolean unchanged(RunItem item) {
    return item.status() == ItemState.SKIPPED && item.reason().startsWith("unchanged");
  }

  private void fail(int number, RunItem item) {
    String why = "%s: %s".formatted(item.key(), item.error().message());
    releases.end(number, "failed", why, null);
    throw new Failure(
        FailureKind.valueOf(item.error().kind().toUpperCase(Locale.ROOT)),
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

  /** What the run made of the Blue API's data, as the seed's orchestration reports it. */
  public Map<String, Object> report(Run run) {
    List<RunItem> items = runs.items(run.id(), null);
    List<String> failed =
        items.stream()
            .filter(item -> item.status() == ItemState.FAILED)
            .map(RunItem::title)
            .toList();
    UUID id = run.id();
    Releases.Release release =
        releases.list(500).stream().filter(r -> id.equals(r.runId())).findFirst().orElse(null);
    boolean unchanged = !items.isEmpty() && items.stream().allMatch(BlueGreen::unchanged);
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("success", unchanged || release != null && release.status().equals("live"));
    report.put("unchanged", unchanged);
    report.put("failedEntities", failed);
    report.put("partialFailures", false);
    report.put("release", release);
    report.put("completedAt", Instant.now());
    return report;
  }

  /** Body of POST /api/v1/releases/{release}/activate. */
  public record Activation(String reason) {}
}
