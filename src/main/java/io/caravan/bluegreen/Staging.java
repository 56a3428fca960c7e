package io.caravan.bluegreen;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.run.Outcome;
import io.caravan.run.WorkItem;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;
import org.springframework.stereotype.Component;

/**
 * An item of a run: a payload is fetched, kept as it came, and loaded off to the side into idle
 * versions of its entities. What readers see does not change.
 */
@Component
public class Staging {
  /** What the seed's tasks and CONTRACT keep of raw JSON. */
  static final int KEPT_BATCHES = 3;

  /** Entities of one path; each takes a connection meanwhile. */
  private static final int FROM_ONE_PARSE = 3;

  private final BlueGreenProperties properties;
  private final EntitySet entities;
  private final GreenTables tables;
  private final Batches batches;
  private final Releases releases;
  private final ObjectMapper json;

  Staging(
      BlueGreenProperties properties,
      EntitySet entities,
      GreenTables tables,
      Batches batches,
      Releases releases,
      ObjectMapper json) {
    this.properties = properties;
    this.entities = entities;
    this.tables = tables;
    this.batches = batches;
    this.releases = releases;
    this.json = json;
  }

  /**
   * Begins to fetch an item's payload, or goes on after a failed attempt.
   *
   * @param present the fetch of the attempt before; null at the first
   */
  public Fetch fetch(WorkItem item, Fetch present) throws IOException {
    if (present != null) {
      return present;
    }
    String path = item.key();
    Batch live = item.force() ? null : live(path).orElse(null);
    Spool spool = new Spool("The answer of " + path, properties.largestPayload().toBytes());
    return new Fetch(
        path,
        URI.create(properties.sourceUrl() + path),
        entities.paginator(),
        spool,
        new Payload(spool, "The answer of " + path, entities.camelName(path)),
        item.stop(),
        live,
        live == null ? List.of() : batches.pages(live, entities.paginator()));
  }

  /** The batch that all entities of a path were loaded from, as they are live now. */
  private Optional<Batch> live(String path) {
    Map<String, Releases.Part> live = releases.liveParts();
    return batches.list(entities.rawName(path)).stream()
        .filter(
            batch ->
                entities.byPath().get(path).stream()
                    .allMatch(
                        entity ->
                            live.containsKey(entity.name())
                                && live.get(entity.name())
                                    .payloadHash()
                                    .equals(hash(entity, batch.contentHash()))))
        .findFirst();
  }

  /** Of a payload and of what is made of it. */
  private static String hash(Entity entity, String contentHash) {
    byte[] definition = Spool.sha256().digest(entity.toString().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(definition, 0, 8) + ":" + contentHash;
  }

  /**
   * Takes the answer for a page.
   *
   * @param link the header {@code Link}, a collection when it came more than once
   * @param body null when the answer had none
   */
  public void receive(
      Fetch fetch, int status, Object link, String etag, String lastModified, InputStream body) {
    String links =
        link instanceof Collection<?> several
            ? several.stream().map(String::valueOf).collect(Collectors.joining(", "))
            : (String) link;
    fetch.receive(
        status, links, etag, lastModified, body == null ? InputStream.nullInputStream() : body);
  }

  /**
   * Loads what was fetched for an item into idle versions of its entities, and keeps it as it came.
   *
   * @throws Failure what is wrong with the payload; nothing of it is used then
   */
  public Outcome load(WorkItem item, Fetch fetch) {
    List<Entity> targets = entities.byPath().get(item.key());
    int release = releases.of(item.runId());
    String content = fetch.unchanged() ? fetch.known().contentHash() : fetch.bodies().hash();
    if (!item.force() && releases.recordUnchanged(release, hashes(targets, content))) {
      return Outcome.skipped("unchanged: the payload is that of the live release", null);
    }
    if (fetch.unchanged()) {
      // The source sent nothing, and nothing is never loaded.
      fetch.restart();
      throw new Failure(
          FailureKind.TRANSIENT,
          item.title() + ": another release became live while the source was asked for changes.");
    }
    try {
      List<EntityLoad> loads = load(item, targets, fetch.payload(), content, release);
      batches.keep(
          new Batches.Origin(
              UUID.randomUUID(),
              entities.rawName(item.key()),
              item.runId(),
              fetch.etag(),
              fetch.lastModified(),
              entities.paginator(),
              fetch.pages()),
          fetch.bodies(),
          fetch.payload(),
          item.stop());
      batches.prune(entities.rawName(item.key()), KEPT_BATCHES);
      return Outcome.succeeded(json.valueToTree(Map.of("entities", loads)));
    } catch (SQLException e) {
      throw database(item.title(), e);
    } catch (IOException e) {
      throw unreadable(item.title(), e);
    } catch (Failure e) {
      fetch.restart();
      throw e;
    }
  }

  /**
   * Loads an entity from the raw JSON that was kept last.
   *
   * @throws Failure of kind configuration when none was kept; else what is wrong with it
   */
  public Outcome loadStored(WorkItem item) {
    Entity entity = entities.named(item.key());
    String rawName = entities.rawName(entity.path());
    Batch batch =
        batches
            .newest(rawName)
            .orElseThrow(
                () ->
                    new Failure(
                        FailureKind.CONFIGURATION,
                        "There is no raw JSON for %s yet; store it first."
                            .formatted(entity.name())));
    int release = releases.of(item.runId());
    if (!item.force()
        && releases.recordUnchanged(release, hashes(List.of(entity), batch.contentHash()))) {
      return Outcome.skipped("unchanged: the payload is that of the live release", null);
    }
    Payload payload =
        new Payload(
            batches.documents(batch),
            "The raw JSON of " + rawName,
            entities.camelName(entity.path()));
    try {
      List<EntityLoad> loads = load(item, List.of(entity), payload, batch.contentHash(), release);
      return Outcome.succeeded(json.valueToTree(Map.of("entities", loads)));
    } catch (SQLException e) {
      throw database(item.title(), e);
    } catch (IOException e) {
      throw unreadable(item.title(), e);
    }
  }

  /**
   * At which stage of the seed's orchestration an item failed.
   *
   * @param fetch null when it was not fetched
   */
  public Map<String, String> stage(Fetch fetch) {
    return Map.of("stage", fetch != null && fetch.more() ? "sync" : "transform");
  }

  private static Map<String, String> hashes(List<Entity> targets, String content) {
    return targets.stream()
        .collect(Collectors.toMap(Entity::name, entity -> hash(entity, content)));
  }

  private List<EntityLoad> load(
      WorkItem item, List<Entity> targets, Payload payload, String content, int release)
      throws SQLException, IOException {
    List<EntityLoad> loads = new ArrayList<>();
    for (int from = 0; from < targets.size(); from += FROM_ONE_PARSE) {
      Map<Entity, Integer> versions = new LinkedHashMap<>();
      targets
          .subList(from, Math.min(from + FROM_ONE_PARSE, targets.size()))
          .forEach(entity -> versions.put(entity, releases.idleVersion(release, entity.name())));
      loads.addAll(tables.load(versions, payload, item.stop()));
    }
    loads.forEach(
        load -> releases.record(release, load, hash(entities.named(load.entity()), content)));
    return loads;
  }

  private static RuntimeException database(String title, SQLException e) {
    String state = String.valueOf(e.getSQLState());
    // The connection broke, the server stops or is short of something, or somebody holds a lock.
    if (Stream.of("08", "57P", "53", "55P03", "40").anyMatch(state::startsWith)) {
      return new Failure(
          FailureKind.TRANSIENT,
          "%s: Caravan's own database did not take it (SQLSTATE %s).".formatted(title, state),
          e);
    }
    return new SQLStateSQLExceptionTranslator().translate("loading " + title, null, e);
  }

  private static Failure unreadable(String title, IOException e) {
    return new Failure(FailureKind.TRANSIENT, title + ": what was received cannot be read.", e);
  }
}
