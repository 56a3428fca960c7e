package io.caravan.blue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of {@code bluegreen.blue_sync}. Time is the database's. */
@Component
class BlueSyncStore {
  private static final String SHOWN =
      """
      select s.*, (extract(epoch from coalesce(finished_at, now()) - started_at) * 1000)::bigint as duration_ms
        from bluegreen.blue_sync s
      """;

  private final JdbcClient jdbc;
  private final ObjectMapper json;

  BlueSyncStore(JdbcClient jdbc, ObjectMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /**
   * @return false when one is running already
   */
  boolean add(UUID id, Duration lease) {
    return jdbc.sql(
                """
                insert into bluegreen.blue_sync (id, status, lease_until)
                values (?, 'running', now() + make_interval(secs => ?))
                on conflict do nothing
                """)
            .params(id, lease.toSeconds())
            .update()
        == 1;
  }

  /**
   * Notes how far a sync is, and renews its lease.
   *
   * @return false when it was ended by somebody else
   */
  boolean note(SyncUnderWay sync, List<String> notes, Duration lease) {
    return jdbc.sql(
                """
                update bluegreen.blue_sync
                   set target = ?, task_id = ?, status_checks = cast(? as jsonb), notes = cast(? as jsonb),
                       lease_until = now() + make_interval(secs => ?)
                 where id = ? and status = 'running'
                """)
            .params(
                sync.target(),
                sync.taskId(),
                text(sync.checks()),
                text(notes),
                lease.toSeconds(),
                sync.id())
            .update()
        == 1;
  }

  void end(UUID id, String status, String error) {
    jdbc.sql(
            """
            update bluegreen.blue_sync set status = ?, error = ?, finished_at = now()
             where id = ? and status = 'running'
            """)
        .params(status, error, id)
        .update();
  }

  /** Lets the lease of what runs lapse. */
  void expireLeases() {
    jdbc.sql("update bluegreen.blue_sync set lease_until = now() where status = 'running'")
        .update();
  }

  /** Ends what nobody works on any more. */
  void endLapsed(String error) {
    jdbc.sql(
            """
            update bluegreen.blue_sync set status = 'interrupted', error = ?, finished_at = lease_until
             where status = 'running' and lease_until <= now()
            """)
        .param(error)
        .update();
  }

  /** Forgets old syncs, but never the last successful one. */
  void forget(Duration age) {
    jdbc.sql(
            """
            delete from bluegreen.blue_sync
             where finished_at < now() - make_interval(secs => ?)
               and id is distinct from (select id from bluegreen.blue_sync where status = 'succeeded'
                                         order by finished_at desc limit 1)
            """)
        .param(age.toSeconds())
        .update();
  }

  Optional<BlueSync> find(UUID id) {
    return jdbc.sql(SHOWN + " where id = ?").param(id).query(this::row).optional();
  }

  Optional<BlueSync> running() {
    return jdbc.sql(SHOWN + " where status = 'running'").query(this::row).optional();
  }

  Optional<BlueSync> last() {
    return jdbc.sql(SHOWN + " where status <> 'running' order by finished_at desc limit 1")
        .query(this::row)
        .optional();
  }

  Optional<BlueSync> lastSuccessful() {
    return jdbc.sql(SHOWN + " where status = 'succeeded' order by finished_at desc limit 1")
        .query(this::row)
        .optional();
  }

  List<BlueSync> newest(int limit) {
    return jdbc.sql(SHOWN + " order by started_at desc limit ?")
        .param(limit)
        .query(this::row)
        .list();
  }

  private BlueSync row(ResultSet row, int number) throws SQLException {
    String status = row.getString("status");
    return new BlueSync(
        row.getObject("id", UUID.class),
        status,
        status.equals("running") ? null : status.equals(SyncEnd.SUCCEEDED),
        row.getString("task_id"),
        row.getString("target"),
        parsed(row.getString("status_checks"), new TypeReference<List<StatusCheck>>() {}),
        instant(row, "started_at"),
        instant(row, "finished_at"),
        row.getLong("duration_ms"),
        parsed(row.getString("notes"), new TypeReference<List<String>>() {}),
        row.getString("error"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private String text(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private <T> T parsed(String text, TypeReference<T> type) {
    try {
      return json.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("PostgreSQL returned broken JSON", e);
    }
  }
}
