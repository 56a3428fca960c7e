package io.caravan.schemasync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.uuid.Generators;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of {@code schemasync.incident}. Time is the database's. */
@Component
class IncidentStore {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SELECT =
      """
      select i.*, s.name as dataset_name
        from schemasync.incident i
        join caravan.datasets s on s.id = i.dataset_id
      """;

  private final JdbcClient jdbc;

  IncidentStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Lets only one writer at a time decide about an organisation's incidents. */
  void lock(UUID organizationId) {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended('schemasync ' || ?, 0))")
        .param(organizationId.toString())
        .query()
        .listOfRows();
  }

  /** An organisation's incidents that are not resolved. */
  List<Incident> active(UUID organizationId) {
    return jdbc.sql(
            SELECT
                + " where i.organization_id = ? and i.state <> 'resolved' order by i.opened_at,"
                + " i.id")
        .param(organizationId)
        .query(IncidentStore::incident)
        .list();
  }

  Optional<Incident> find(UUID id) {
    return jdbc.sql(SELECT + " where i.id = ?").param(id).query(IncidentStore::incident).optional();
  }

  /**
   * Newest first.
   *
   * @param organizationId null for all, likewise datasetId and state
   * @param before only what is older than this incident; null for the newest
   */
  List<Incident> list(
      UUID organizationId, UUID datasetId, IncidentState state, UUID before, int limit) {
    return jdbc.sql(
            SELECT
                + """
                 where (cast(:organization as uuid) is null or i.organization_id = :organization)
                   and (cast(:dataset as uuid) is null or i.dataset_id = :dataset)
                   and (cast(:state as text) is null or i.state = :state)
                   and (cast(:before as uuid) is null or i.id < :before)
                 order by i.id desc limit :limit
                """)
        .param("organization", organizationId)
        .param("dataset", datasetId)
        .param("state", state == null ? null : state.word())
        .param("before", before)
        .param("limit", limit)
        .query(IncidentStore::incident)
        .list();
  }

  /**
   * The worst first, of equal ones the newest. What could not be checked comes before what breaks
   * nothing.
   *
   * @param organizationId null for all, likewise datasetId
   * @param state null for all that are not resolved
   */
  List<Incident> worstFirst(UUID organizationId, UUID datasetId, IncidentState state, int limit) {
    return jdbc.sql(
            SELECT
                + """
                 where (cast(:organization as uuid) is null or i.organization_id = :organization)
                   and (cast(:dataset as uuid) is null or i.dataset_id = :dataset)
                   and case when cast(:state as text) is null then i.state <> 'resolved' else i.state = :state end
                 order by array_position('{critical,warning,unverifiable,info}'::text[], i.severity), i.id desc
                 limit :limit
                """)
        .param("organization", organizationId)
        .param("dataset", datasetId)
        .param("state", state == null ? null : state.word())
        .param("limit", limit)
        .query(IncidentStore::incident)
        .list();
  }

  int count(IncidentState state) {
    return jdbc.sql("select count(*) from schemasync.incident where state = ?")
        .param(state.word())
        .query(Integer.class)
        .single();
  }

  /**
   * @param threadKey of the messages about it
   * @param told whether somebody is told of it now
   * @return the new incident
   */
  Incident open(
      UUID organizationId,
      UUID dataSourceId,
      Finding finding,
      List<String> usedBy,
      String threadKey,
      boolean told) {
    UUID id = Generators.timeBasedEpochGenerator().generate();
    jdbc.sql(
            """
            insert into schemasync.incident
                   (id, organization_id, data_source_id, dataset_id, fingerprint, type, severity, state, table_name,
                    column_name, expected, actual, message, suggestion, used_by, change, thread_key, told_at)
            values (?, ?, ?, ?, ?, ?, ?, 'open', ?, ?, ?, ?, ?, ?, ?, cast(? as jsonb), ?, case when ? then now() end)
            """)
        .params(
            id,
            organizationId,
            dataSourceId,
            finding.datasetId(),
            finding.fingerprint(),
            finding.type().word(),
            finding.severity().word(),
            finding.table(),
            finding.column(),
            finding.expected(),
            finding.actual(),
            finding.message(),
            finding.suggestion(),
            usedBy.toArray(String[]::new),
            finding.change() == null ? null : finding.change().toString(),
            threadKey,
            told)
        .update();
    return find(id).orElseThrow();
  }

  /**
   * Notes that an incident lasts, with what is found now.
   *
   * @param told whether somebody is told of it now
   * @param reopened whether its snooze is over
   */
  Incident last(
      Incident incident, Finding finding, List<String> usedBy, boolean told, boolean reopened) {
    jdbc.sql(
            """
            update schemasync.incident
               set severity = :severity, expected = :expected, actual = :actual, message = :message,
                   suggestion = :suggestion, used_by = :used, change = cast(:change as jsonb), seen_at = now(),
                   told_at = case when :told then now() else told_at end,
                   state = case when :reopened then 'open' else state end,
                   snoozed_until = case when :reopened then null else snoozed_until end
             where id = :id
            """)
        .param("severity", finding.severity().word())
        .param("expected", finding.expected())
        .param("actual", finding.actual())
        .param("message", finding.message())
        .param("suggestion", finding.suggestion())
        .param("used", usedBy.toArray(String[]::new))
        .param("change", finding.change() == null ? null : finding.change().toString())
        .param("told", told)
        .param("reopened", reopened)
        .param("id", incident.id())
        .update();
    return find(incident.id()).orElseThrow();
  }

  /**
   * @param resolution why
   */
  Incident resolve(UUID id, String resolution) {
    jdbc.sql(
            """
            update schemasync.incident
               set state = 'resolved', resolved_at = now(), snoozed_until = null, resolution = ?
             where id = ? and state <> 'resolved'
            """)
        .params(resolution, id)
        .update();
    return find(id).orElseThrow();
  }

  /**
   * Changes how somebody looks at an incident that is not resolved.
   *
   * @param until null unless it is snoozed
   * @return whether it was not resolved
   */
  boolean turn(UUID id, IncidentState state, Instant until) {
    return jdbc.sql(
                """
                update schemasync.incident set state = ?, snoozed_until = ?
                 where id = ? and state <> 'resolved'
                """)
            .params(state.word(), until == null ? null : until.atOffset(ZoneOffset.UTC), id)
            .update()
        == 1;
  }

  private static Incident incident(ResultSet row, int number) throws SQLException {
    JsonNode change = json(row.getString("change"));
    Array used = row.getArray("used_by");
    return new Incident(
        row.getObject("id", UUID.class),
        FindingType.ofWord(row.getString("type")),
        Severity.ofWord(row.getString("severity")),
        IncidentState.ofWord(row.getString("state")),
        row.getObject("organization_id", UUID.class),
        row.getObject("data_source_id", UUID.class),
        row.getObject("dataset_id", UUID.class),
        row.getString("dataset_name"),
        row.getString("table_name"),
        row.getString("column_name"),
        row.getString("expected"),
        row.getString("actual"),
        row.getString("message"),
        row.getString("suggestion"),
        List.of((String[]) used.getArray()),
        change == null ? null : change.path("patch").asText(null),
        instant(row, "opened_at"),
        instant(row, "seen_at"),
        instant(row, "resolved_at"),
        instant(row, "snoozed_until"),
        row.getString("resolution"),
        change,
        row.getString("fingerprint"),
        row.getString("thread_key"),
        instant(row, "told_at"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static JsonNode json(String text) {
    try {
      return text == null ? null : JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("PostgreSQL returned broken JSON", e);
    }
  }
}
