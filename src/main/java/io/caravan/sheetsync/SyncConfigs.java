package io.caravan.sheetsync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.uuid.Generators;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.NotFoundException;
import io.caravan.request.Changes;
import io.caravan.request.Fields;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The sync configs. Deleted ones stay in the table, unseen. */
@Component
public class SyncConfigs {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_NAME = 200;
  private static final int MOST_MAPPINGS = 500;
  private static final Pattern BASE = Pattern.compile("app[0-9A-Za-z]{14}");
  private static final Pattern VIEW = Pattern.compile("viw[0-9A-Za-z]{14}|[^\\p{Cntrl}]{1,200}");
  private static final Pattern SPREADSHEET = Pattern.compile("[0-9A-Za-z_-]{5,200}");
  private static final Set<String> WRITABLE =
      Set.of(
          "ownerId",
          "name",
          "airtableBaseId",
          "airtableTableId",
          "airtableViewId",
          "googleSpreadsheetId",
          "googleSheetName",
          "fieldMappings",
          "syncDirection",
          "conflictResolution",
          "options",
          "isActive");
  private static final Set<String> READ_ONLY =
      Set.of(
          "id",
          "lastSyncAt",
          "lastSyncStatus",
          "lastErrorAt",
          "lastErrorMessage",
          "haltedAt",
          "haltReason",
          "createdAt");

  private final JdbcClient jdbc;

  SyncConfigs(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Adds a config. Does not ask Airtable or Google: the first sync, or a dry run, says whether both
   * are as described.
   *
   * @param body as in the contract; {@code syncDirection} is {@code BIDIRECTIONAL}, {@code
   *     conflictResolution} {@code NEWEST_WINS} and {@code isActive} false when absent (TS-23: try
   *     it by hand before it runs by itself)
   * @throws InvalidInputException naming the field
   * @throws Failure of kind configuration when two fields are mapped to one column
   */
  public SyncConfig create(Map<String, Object> body) {
    Fields fields = new Fields(body, WRITABLE);
    UUID id = Generators.timeBasedEpochGenerator().generate();
    SyncDirection direction =
        word(fields, "syncDirection", SyncDirection.class, SyncDirection.BIDIRECTIONAL);
    ConflictResolution resolution =
        word(
            fields, "conflictResolution", ConflictResolution.class, ConflictResolution.NEWEST_WINS);
    String mappings = mappings(body.get("fieldMappings"));
    String options = options(direction, body.get("options"));
    checkColumns(strings(mappings), SyncOptions.of(direction, tree(options)));
    jdbc.sql(
            """
            insert into sheetsync.sync_config
              (id, owner_id, name, airtable_base_id, airtable_table_id, airtable_view_id, google_spreadsheet_id,
               google_sheet_name, field_mappings, sync_direction, conflict_resolution, options, is_active)
            values (?, ?, ?, ?, ?, ?, ?, ?, cast(? as json), ?, ?, cast(? as jsonb), ?)
            """)
        .params(
            id,
            fields.text("ownerId", LONGEST_NAME),
            fields.text("name", LONGEST_NAME),
            matching(fields, "airtableBaseId", BASE, "the id of a base, like app and 14 letters"),
            fields.text("airtableTableId", LONGEST_NAME),
            view(fields),
            matching(
                fields,
                "googleSpreadsheetId",
                SPREADSHEET,
                "the id of a spreadsheet, the part of its address after /d/"),
            fields.text("googleSheetName", LONGEST_NAME),
            mappings,
            direction.name(),
            resolution.name(),
            options,
            fields.flag("isActive", false))
        .update();
    return get(id);
  }

  private static String matching(Fields fields, String field, Pattern pattern, String what) {
    String text = fields.text(field, LONGEST_NAME);
    if (!pattern.matcher(text).matches()) {
      throw Fields.invalid(field, "must be " + what);
    }
    return text;
  }

  private static String view(Fields fields) {
    return fields.optionalText("airtableViewId", LONGEST_NAME) == null
        ? null
        : matching(fields, "airtableViewId", VIEW, "the id or the name of a view");
  }

  private static <E extends Enum<E>> E word(
      Fields fields, String field, Class<E> type, E whenAbsent) {
    String given = fields.optionalText(field, 40);
    if (given == null) {
      return whenAbsent;
    }
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equals(given))
        .findFirst()
        .orElseThrow(
            () ->
                Fields.invalid(
                    field,
                    "must be one of "
                        + String.join(
                            ", ",
                            Arrays.stream(type.getEnumConstants()).map(Enum::name).toList())));
  }

  private static String mappings(Object given) {
    if (!(given instanceof Map<?, ?> mappings) || mappings.isEmpty()) {
      throw Fields.invalid(
          "fieldMappings", "must be an object: a column's header by the field's name or id");
    }
    if (mappings.size() > MOST_MAPPINGS) {
      throw Fields.invalid("fieldMappings", "must not map more than " + MOST_MAPPINGS + " fields");
    }
    mappings.forEach(
        (field, header) -> {
          if (!(header instanceof String text) || text.isBlank()) {
            throw Fields.invalid("fieldMappings", "must give a header for " + field);
          }
        });
    return JSON.valueToTree(mappings).toString();
  }

  /**
   * A column holds one field. Headers that only the sheet can tell apart are left to the sync.
   *
   * @throws Failure of kind configuration naming the header and its fields
   */
  private static void checkColumns(Map<?, ?> mappings, SyncOptions options) {
    Map<String, String> fields = new HashMap<>();
    fields.put(options.idColumn().strip(), "the record ids");
    mappings.forEach(
        (field, header) -> {
          String other = fields.putIfAbsent(header.toString().strip(), field.toString());
          if (other != null) {
            throw new Failure(
                FailureKind.CONFIGURATION,
                "fieldMappings: the column %s is for %s already; give %s a column of its own."
                    .formatted(header, other, field));
          }
        });
  }

  private static String options(SyncDirection direction, Object given) {
    JsonNode options = JSON.valueToTree(given == null ? Map.of() : given);
    if (!options.isObject()) {
      throw Fields.invalid("options", "must be an object");
    }
    SyncOptions.of(direction, options);
    return options.toString();
  }

  /** All, oldest first. */
  public List<SyncConfig> list() {
    return jdbc.sql(
            "select * from sheetsync.sync_config where deleted_at is null order by created_at, id")
        .query(SyncConfigs::config)
        .list();
  }

  /** Those that the schedule works on, the least recently synced first (TS-02). */
  List<SyncConfig> active() {
    return jdbc.sql(
            """
            select * from sheetsync.sync_config where is_active and deleted_at is null
             order by last_sync_at nulls first, created_at
            """)
        .query(SyncConfigs::config)
        .list();
  }

  /**
   * @throws NotFoundException when there is no such config
   */
  public SyncConfig get(UUID id) {
    return jdbc.sql("select * from sheetsync.sync_config where id = ? and deleted_at is null")
        .param(id)
        .query(SyncConfigs::config)
        .optional()
        .orElseThrow(() -> missing(id));
  }

  /**
   * A config, also one that somebody deleted while it was synced.
   *
   * @throws NotFoundException when there never was one
   */
  SyncConfig evenDeleted(UUID id) {
    return jdbc.sql("select * from sheetsync.sync_config where id = ?")
        .param(id)
        .query(SyncConfigs::config)
        .optional()
        .orElseThrow(() -> missing(id));
  }

  private static NotFoundException missing(UUID id) {
    return new NotFoundException("There is no sync config " + id + ".");
  }

  /**
   * Changes the fields given and leaves the others. Base, table and spreadsheet cannot change: that
   * is another config.
   *
   * @throws InvalidInputException naming the field
   * @throws Failure of kind configuration when two fields are mapped to one column
   * @throws NotFoundException when there is no such config
   */
  public SyncConfig patch(UUID id, Map<String, Object> body) {
    Set<String> known = new HashSet<>(WRITABLE);
    known.addAll(READ_ONLY);
    Fields fields = new Fields(body, known);
    SyncConfig present = get(id);
    fields.unchanged("id", id);
    fields.unchanged("ownerId", present.ownerId());
    fields.unchanged("airtableBaseId", present.airtableBaseId());
    fields.unchanged("airtableTableId", present.airtableTableId());
    fields.unchanged("googleSpreadsheetId", present.googleSpreadsheetId());
    Changes changes = new Changes();
    if (fields.has("name")) {
      changes.set("name", fields.text("name", LONGEST_NAME));
    }
    if (fields.has("airtableViewId")) {
      changes.set("airtable_view_id", view(fields));
    }
    if (fields.has("googleSheetName")) {
      changes.set("google_sheet_name", fields.text("googleSheetName", LONGEST_NAME));
      changes.set("google_sheet_id", null);
    }
    if (fields.has("isActive")) {
      changes.set("is_active", fields.flag("isActive", false));
    }
    if (fields.has("conflictResolution")) {
      changes.set(
          "conflict_resolution",
          word(fields, "conflictResolution", ConflictResolution.class, null).name());
    }
    SyncDirection direction =
        word(fields, "syncDirection", SyncDirection.class, present.syncDirection());
    changes.set("sync_direction", direction.name());
    if (fields.has("fieldMappings") || fields.has("options")) {
      checkColumns(
          fields.has("fieldMappings")
              ? strings(mappings(body.get("fieldMappings")))
              : present.fieldMappings(),
          fields.has("options")
              ? SyncOptions.of(direction, tree(options(direction, body.get("options"))))
              : present.options());
    }
    changes.apply(jdbc, "sheetsync.sync_config", id);
    json(id, "field_mappings", "json", body, "fieldMappings", SyncConfigs::mappings);
    json(id, "options", "jsonb", body, "options", given -> options(direction, given));
    return get(id);
  }

  private void json(
      UUID id,
      String column,
      String type,
      Map<String, Object> body,
      String field,
      Function<Object, String> checked) {
    if (body.containsKey(field)) {
      jdbc.sql(
              "update sheetsync.sync_config set %s = cast(? as %s), updated_at = now() where id = ?"
                  .formatted(column, type))
          .params(checked.apply(body.get(field)), id)
          .update();
    }
  }

  /**
   * @throws NotFoundException when there is no such config
   */
  public void delete(UUID id) {
    int deleted =
        jdbc.sql(
                "update sheetsync.sync_config set deleted_at = now(), is_active = false"
                    + " where id = ? and deleted_at is null")
            .param(id)
            .update();
    if (deleted == 0) {
      throw missing(id);
    }
  }

  /** The tab's id is known from now on. */
  void found(UUID id, int tab) {
    jdbc.sql("update sheetsync.sync_config set google_sheet_id = ? where id = ?")
        .params(tab, id)
        .update();
  }

  /** Both sides were read whole and what was planned was done; an approval is used up. */
  void seen(UUID id, Instant readAt) {
    jdbc.sql(
            """
            update sheetsync.sync_config
               set seen_at = ?, cycles = cycles + 1, approved_at = null, halted_at = null, halt_reason = null
             where id = ?
            """)
        .params(readAt.atOffset(ZoneOffset.UTC), id)
        .update();
  }

  private static SyncConfig config(ResultSet row, int number) throws SQLException {
    SyncDirection direction = SyncDirection.valueOf(row.getString("sync_direction"));
    return new SyncConfig(
        row.getObject("id", UUID.class),
        row.getString("owner_id"),
        row.getString("name"),
        row.getString("airtable_base_id"),
        row.getString("airtable_table_id"),
        row.getString("airtable_view_id"),
        row.getString("google_spreadsheet_id"),
        row.getString("google_sheet_name"),
        strings(row.getString("field_mappings")),
        direction,
        ConflictResolution.valueOf(row.getString("conflict_resolution")),
        SyncOptions.of(direction, tree(row.getString("options"))),
        row.getBoolean("is_active"),
        instant(row, "last_sync_at"),
        row.getString("last_sync_status"),
        instant(row, "last_error_at"),
        row.getString("last_error_message"),
        instant(row, "halted_at"),
        row.getString("halt_reason"),
        instant(row, "created_at"),
        row.getObject("google_sheet_id", Integer.class),
        instant(row, "approved_at"),
        instant(row, "seen_at"),
        row.getLong("cycles"));
  }

  private static Map<String, String> strings(String json) {
    try {
      return JSON.readValue(json, new TypeReference<LinkedHashMap<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("PostgreSQL returned broken JSON", e);
    }
  }

  static JsonNode tree(String json) {
    try {
      return json == null ? null : JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("PostgreSQL returned broken JSON", e);
    }
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
