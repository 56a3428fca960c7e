package io.caravan.bluegreen;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.failure.ConflictException;
import io.caravan.failure.NotFoundException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Which releases there are, what they consist of, and which one is live. */
@Component
public class Releases {
  private final JdbcClient jdbc;
  private final ObjectMapper json;
  private final BlueGreenProperties properties;

  Releases(JdbcClient jdbc, ObjectMapper json, BlueGreenProperties properties) {
    this.jdbc = jdbc;
    this.json = json;
    this.properties = properties;
  }

  /**
   * One entity of a release.
   *
   * @param added null for the first release of an entity, likewise changed and removed
   * @param duplicates rows that share a key with another row that says something else
   * @param payloadHash of the payload and of what is made of it
   */
  public record Part(
      String entity,
      int version,
      long rows,
      JsonNode setAside,
      Long added,
      Long changed,
      Long removed,
      @JsonIgnore long duplicates,
      @JsonIgnore String payloadHash) {}

  /**
   * @param status {@code building}, {@code live}, {@code kept}, {@code rejected}, {@code failed} or
   *     {@code gone}
   */
  public record Release(
      int release,
      UUID runId,
      String status,
      String reason,
      boolean pinned,
      JsonNode audits,
      Instant createdAt,
      Instant publishedAt,
      List<Part> entities) {
    Map<String, Part> parts() {
      return entities.stream().collect(Collectors.toMap(Part::entity, Function.identity()));
    }
  }

  /** The number of the release that a run builds, which begins with the first call. */
  int of(UUID runId) {
    return number(runId)
        .orElseGet(
            () -> {
              jdbc.sql(
                      """
                      insert into bluegreen.release (run_id, status) values (?, 'building')
                      on conflict (run_id) do nothing
                      """)
                  .param(runId)
                  .update();
              return number(runId).orElseThrow();
            });
  }

  private Optional<Integer> number(UUID runId) {
    return jdbc.sql("select release from bluegreen.release where run_id = ?")
        .param(runId)
        .query(Integer.class)
        .optional();
  }

  /**
   * A version of the entity that no release needs, reserved for this one. When all are in use the
   * oldest release that is neither live nor pinned goes.
   */
  @Transactional
  int idleVersion(int release, String entity) {
    // One at a time: two entities of one release must agree which old release goes.
    jdbc.sql("lock table bluegreen.release in share row exclusive mode").update();
    while (true) {
      Set<Integer> used =
          new HashSet<>(
              jdbc.sql(
                      """
                      select e.version from bluegreen.release_entity e join bluegreen.release r using (release)
                       where e.entity = ? and r.status in ('live', 'kept') and r.release <> ?
                      """)
                  .params(entity, release)
                  .query(Integer.class)
                  .list());
      for (int version = 1; version <= properties.keep(); version++) {
        if (!used.contains(version)) {
          return version;
        }
      }
      forgetOldest();
    }
  }

  private void forgetOldest() {
    int gone =
        jdbc.sql(
                """
                update bluegreen.release set status = 'gone'
                 where release = (select min(release) from bluegreen.release where status = 'kept' and not pinned)
                """)
            .update();
    if (gone == 0) {
      throw new ConflictException(
          "No version is free for a new release: caravan.bluegreen.keep is %d, and the others are live or pinned."
              .formatted(properties.keep()));
    }
  }

  /** The release that a run builds or built; empty when it came to none. */
  Optional<Release> find(UUID runId) {
    return number(runId).map(this::get);
  }

  /** Notes what the release has of an entity; again after a resumed run. */
  void record(int release, EntityLoad load, String payloadHash) {
    jdbc.sql(
            """
            insert into bluegreen.release_entity
                   (release, entity, version, rows, set_aside, duplicates, payload_hash)
            values (?, ?, ?, ?, ?::jsonb, ?, ?)
            on conflict (release, entity) do update
               set version = excluded.version, rows = excluded.rows, set_aside = excluded.set_aside,
                   duplicates = excluded.duplicates, payload_hash = excluded.payload_hash,
                   added = null, changed = null, removed = null
            """)
        .params(
            release,
            load.entity(),
            load.version(),
            load.rows(),
            json.valueToTree(load.setAside()).toString(),
            load.duplicates(),
            payloadHash)
        .update();
  }

  /**
   * Gives the release the live versions of entities whose payloads did not change.
   *
   * @param hashes by entity
   * @return whether all of them are live with that payload; otherwise nothing was recorded
   */
  @Transactional
  public boolean recordUnchanged(int release, Map<String, String> hashes) {
    Map<String, Part> live = liveParts();
    boolean unchanged =
        hashes.entrySet().stream()
            .allMatch(
                wanted ->
                    live.containsKey(wanted.getKey())
                        && live.get(wanted.getKey()).payloadHash().equals(wanted.getValue()));
    if (unchanged) {
      hashes.keySet().forEach(entity -> carryOver(release, live.get(entity)));
    }
    return unchanged;
  }

  /** The release has the version of an entity that is live, whatever its payload. */
  void carryOver(int release, Part part) {
    jdbc.sql(
            """
            insert into bluegreen.release_entity
                   (release, entity, version, rows, set_aside, duplicates, payload_hash, added, changed, removed)
            values (?, ?, ?, ?, ?::jsonb, ?, ?, 0, 0, 0)
            on conflict (release, entity) do update
               set version = excluded.version, rows = excluded.rows, set_aside = excluded.set_aside,
                   duplicates = excluded.duplicates, payload_hash = excluded.payload_hash,
                   added = 0, changed = 0, removed = 0
            """)
        .params(
            release,
            part.entity(),
            part.version(),
            part.rows(),
            part.setAside().toString(),
            part.duplicates(),
            part.payloadHash())
        .update();
  }

  /** Ends releases whose runs ended without a word about them, and forgets what is long over. */
  void tidy(Duration keepFor) {
    jdbc.sql(
            """
            update bluegreen.release set status = 'failed', reason = 'its run ended before it was published'
             where status = 'building'
               and not exists (select from caravan.run where id = run_id and status in ('queued', 'running'))
            """)
        .update();
    jdbc.sql(
            """
            delete from bluegreen.release
             where status in ('failed', 'rejected', 'gone') and created_at < now() - make_interval(secs => ?)
            """)
        .param(keepFor.toSeconds())
        .update();
  }

  /**
   * How a release stands that is not published. One that is stays as it is, even when the answer to
   * its publishing was lost: its tables are behind the views.
   */
  void end(int release, String status, String reason, JsonNode audits) {
    jdbc.sql(
            "update bluegreen.release set status = ?, reason = ?, audits = coalesce(?::jsonb,"
                + " audits) where release = ? and status not in ('live', 'kept')")
        .params(status, reason, audits == null ? null : audits.toString(), release)
        .update();
  }

  /** What is live; empty before the first release. */
  Optional<Release> live() {
    return list("r.status = 'live'", Map.of(), 1).stream().findFirst();
  }

  /** What is live, by entity. */
  Map<String, Part> liveParts() {
    return live().map(Release::parts).orElse(Map.of());
  }

  /** The release that must stay live. */
  Optional<Release> pinned() {
    return list("r.pinned", Map.of(), 1).stream().findFirst();
  }

  /**
   * Ended releases that nobody was told about, oldest first; from now on somebody tells of them.
   */
  List<Release> takeUntold() {
    return jdbc
        .sql(
            """
            update bluegreen.release set told_at = now()
             where told_at is null and status in ('live', 'kept', 'rejected', 'failed') returning release
            """)
        .query(Integer.class)
        .list()
        .stream()
        .sorted()
        .map(this::get)
        .toList();
  }

  /** Of the releases before this one that came to something, the newest. */
  Optional<Release> before(int release) {
    return list(
            "r.release < :release and r.status in ('live', 'kept', 'rejected', 'failed')",
            Map.of("release", release),
            1)
        .stream()
        .findFirst();
  }

  /**
   * @throws NotFoundException when there is no such release
   */
  public Release get(int release) {
    return list("r.release = :release", Map.of("release", release), 1).stream()
        .findFirst()
        .orElseThrow(() -> new NotFoundException("There is no release %d.".formatted(release)));
  }

  /**
   * No other release is published while this one is pinned.
   *
   * @throws ConflictException when it is not live
   */
  public Release pin(int release) {
    Release wanted = get(release);
    if (!wanted.status().equals("live")) {
      throw new ConflictException(
          "Release %d is %s; only the live release can be pinned."
              .formatted(release, wanted.status()));
    }
    return setPinned(release, true);
  }

  /** Lets other releases be published again. */
  public Release unpin(int release) {
    return setPinned(release, false);
  }

  private Release setPinned(int release, boolean pinned) {
    jdbc.sql("update bluegreen.release set pinned = ? where release = ?")
        .params(pinned, release)
        .update();
    return get(release);
  }

  /**
   * Newest first: those that can be activated, and those that were refused.
   *
   * @param before only older ones than this; null for all
   */
  public List<Release> list(Integer limit, Integer before) {
    return list(
        "r.status not in ('building', 'gone') and r.release < :before",
        Map.of("before", before == null ? Integer.MAX_VALUE : before),
        limit == null ? 50 : limit);
  }

  private List<Release> list(String where, Map<String, ?> parameters, int limit) {
    String chosen =
        "(select * from bluegreen.release r where %s order by release desc limit %d)"
            .formatted(where, limit);
    Map<Integer, List<Part>> parts =
        jdbc
            .sql(
                "select e.* from bluegreen.release_entity e join "
                    + chosen
                    + " r using (release) order by e.entity")
            .params(parameters)
            .query((row, n) -> Map.entry(row.getInt("release"), part(row)))
            .list()
            .stream()
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    return jdbc.sql("select * from " + chosen + " r order by release desc")
        .params(parameters)
        .query((row, n) -> release(row, parts))
        .list();
  }

  private Part part(ResultSet row) throws SQLException {
    return new Part(
        row.getString("entity"),
        row.getInt("version"),
        row.getLong("rows"),
        tree(row.getString("set_aside")),
        row.getObject("added", Long.class),
        row.getObject("changed", Long.class),
        row.getObject("removed", Long.class),
        row.getLong("duplicates"),
        row.getString("payload_hash"));
  }

  private Release release(ResultSet row, Map<Integer, List<Part>> parts) throws SQLException {
    int number = row.getInt("release");
    OffsetDateTime published = row.getObject("published_at", OffsetDateTime.class);
    return new Release(
        number,
        row.getObject("run_id", UUID.class),
        row.getString("status"),
        row.getString("reason"),
        row.getBoolean("pinned"),
        tree(row.getString("audits")),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        published == null ? null : published.toInstant(),
        parts.getOrDefault(number, List.of()));
  }

  private JsonNode tree(String text) {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
