package io.caravan.sheetsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.uuid.Generators;
import io.caravan.failure.ConflictException;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.NotFoundException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Conflicts: those that wait for a person, and those that were settled, with what lost. */
@Component
public class Conflicts {
  private static final int MOST = 500;

  private final JdbcClient jdbc;
  private final SyncConfigs configs;

  Conflicts(JdbcClient jdbc, SyncConfigs configs) {
    this.jdbc = jdbc;
    this.configs = configs;
  }

  /**
   * A conflict as people see it.
   *
   * @param fieldId null when the whole record is meant
   * @param winner {@code airtable} or {@code sheets}; null while nobody has decided
   * @param state {@code open}, {@code decided} (the next sync carries it out) or {@code settled}
   */
  public record Shown(
      UUID id,
      UUID runId,
      String recordId,
      String fieldId,
      String fieldName,
      String kind,
      JsonNode base,
      JsonNode airtableValue,
      JsonNode sheetValue,
      String winner,
      String state,
      Instant foundAt,
      Instant settledAt) {}

  /** What a plan's conflicts are about. */
  List<Shown> shown(Cycle cycle) {
    return cycle.plan.conflicts().stream()
        .map(
            conflict ->
                new Shown(
                    Generators.timeBasedEpochGenerator().generate(),
                    cycle.runId,
                    conflict.recordId(),
                    conflict.fieldId(),
                    fieldName(cycle, conflict.fieldId()),
                    conflict.kind().name(),
                    json(conflict.base()),
                    json(conflict.airtable()),
                    json(conflict.sheet()),
                    conflict.winner() == null ? null : conflict.winner().word(),
                    conflict.winner() == null ? "open" : "settled",
                    cycle.readAt,
                    conflict.winner() == null ? null : cycle.readAt))
        .toList();
  }

  private static String fieldName(Cycle cycle, String fieldId) {
    return cycle.schema.fields().stream()
        .filter(field -> field.id().equals(fieldId))
        .map(TableSchema.Field::name)
        .findFirst()
        .orElse(null);
  }

  private static JsonNode json(Value value) {
    return value == null ? null : value.toJson();
  }

  /** Keeps what a plan found; what it found no more is settled. */
  void record(Cycle cycle) {
    List<Shown> found = shown(cycle);
    Set<Conflict.Key> open = new HashSet<>();
    for (Shown conflict : found) {
      if (conflict.winner() == null) {
        open.add(new Conflict.Key(conflict.recordId(), conflict.fieldId()));
      }
    }
    for (Shown old : unsettled(cycle.config.id())) {
      if (!open.contains(new Conflict.Key(old.recordId(), old.fieldId()))) {
        settle(old.id());
      }
    }
    found.forEach(conflict -> add(cycle.config.id(), conflict));
  }

  private void settle(UUID id) {
    jdbc.sql("update sheetsync.conflict set state = 'settled', settled_at = now() where id = ?")
        .param(id)
        .update();
  }

  private void add(UUID config, Shown conflict) {
    boolean open = conflict.winner() == null;
    jdbc.sql(
            """
            insert into sheetsync.conflict
              (id, sync_config_id, run_id, record_id, field_id, field_name, kind, base, airtable_value, sheet_value,
               winner, state, settled_at)
            values (:id, :config, :run, :record, :field, :name, :kind, cast(:base as jsonb), cast(:airtable as jsonb),
                    cast(:sheet as jsonb), :winner, :state, case when :state = 'settled' then now() end)
            on conflict (sync_config_id, record_id, coalesce(field_id, '')) where state <> 'settled' do update
               set airtable_value = excluded.airtable_value, sheet_value = excluded.sheet_value,
                   base = excluded.base
            """)
        .param("id", conflict.id())
        .param("config", config)
        .param("run", conflict.runId())
        .param("record", conflict.recordId())
        .param("field", conflict.fieldId())
        .param("name", conflict.fieldName())
        .param("kind", conflict.kind())
        .param("base", text(conflict.base()))
        .param("airtable", text(conflict.airtableValue()))
        .param("sheet", text(conflict.sheetValue()))
        .param("winner", conflict.winner())
        .param("state", open ? "open" : "settled")
        .update();
  }

  private static String text(JsonNode json) {
    return json == null ? null : json.toString();
  }

  /** What people decided and no sync has carried out yet. */
  Map<Conflict.Key, Side> decisions(UUID config) {
    Map<Conflict.Key, Side> decisions = new HashMap<>();
    for (Shown conflict : unsettled(config)) {
      if (conflict.winner() != null) {
        decisions.put(
            new Conflict.Key(conflict.recordId(), conflict.fieldId()),
            conflict.winner().equals("airtable") ? Side.AIRTABLE : Side.SHEETS);
      }
    }
    return decisions;
  }

  private List<Shown> unsettled(UUID config) {
    return jdbc.sql(
            "select * from sheetsync.conflict where sync_config_id = ? and state <> 'settled' order"
                + " by found_at, id")
        .param(config)
        .query(Conflicts::row)
        .list();
  }

  /**
   * Conflicts of a config, newest first.
   *
   * @param state null for those that are not settled
   * @throws NotFoundException when there is no such config
   */
  public Map<String, List<Shown>> list(UUID config, String state, Integer limit) {
    configs.get(config);
    return Map.of(
        "conflicts",
        jdbc.sql(
                """
                select * from sheetsync.conflict
                 where sync_config_id = :config
                   and (cast(:state as text) is null and state <> 'settled' or state = :state)
                 order by found_at desc, id desc limit :limit
                """)
            .param("config", config)
            .param("state", state)
            .param("limit", limit == null ? 50 : Math.min(MOST, limit))
            .query(Conflicts::row)
            .list());
  }

  /** Body of POST …/conflicts/{id}/resolve. */
  public record Decision(String winner) {}

  /**
   * Decides who wins; the next sync carries it out.
   *
   * @throws InvalidInputException when the winner is neither side
   * @throws NotFoundException when there is no such conflict
   * @throws ConflictException when it is settled
   */
  public Shown resolve(UUID config, UUID id, Decision decision) {
    String winner = Objects.requireNonNullElse(decision.winner(), "");
    if (!winner.equals("airtable") && !winner.equals("sheets")) {
      throw new InvalidInputException("winner must be airtable or sheets.");
    }
    int decided =
        jdbc.sql(
                """
                update sheetsync.conflict set winner = ?, state = 'decided'
                 where id = ? and sync_config_id = ? and state <> 'settled'
                """)
            .params(winner, id, config)
            .update();
    Shown conflict =
        jdbc.sql("select * from sheetsync.conflict where id = ? and sync_config_id = ?")
            .params(id, config)
            .query(Conflicts::row)
            .optional()
            .orElseThrow(() -> new NotFoundException("There is no conflict " + id + "."));
    if (decided == 0) {
      throw new ConflictException(
          "The conflict was settled at %s.".formatted(conflict.settledAt()));
    }
    return conflict;
  }

  private static Shown row(ResultSet row, int number) throws SQLException {
    return new Shown(
        row.getObject("id", UUID.class),
        row.getObject("run_id", UUID.class),
        row.getString("record_id"),
        row.getString("field_id"),
        row.getString("field_name"),
        row.getString("kind"),
        SyncConfigs.tree(row.getString("base")),
        SyncConfigs.tree(row.getString("airtable_value")),
        SyncConfigs.tree(row.getString("sheet_value")),
        row.getString("winner"),
        row.getString("state"),
        SyncConfigs.instant(row, "found_at"),
        SyncConfigs.instant(row, "settled_at"));
  }
}
