package io.caravan.connectorsync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.uuid.Generators;
import io.caravan.connectorsync.dataset.Datasets;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.NotFoundException;
import io.caravan.request.Changes;
import io.caravan.request.Fields;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The connectors. Deleted ones stay in the table, unseen, for the history of their syncs. */
@Component
public class Connectors {
  private static final int LONGEST_NAME = 200;
  private static final int DEFAULT_INTERVAL = 3600;
  private static final int SHORTEST_INTERVAL = 60;
  private static final int LONGEST_INTERVAL = 31_536_000;
  private static final int MOST_LISTED = 500;
  private static final Set<String> WRITABLE =
      Set.of(
          "tenantId",
          "createdById",
          "name",
          "type",
          "config",
          "credentials",
          "allowedHours",
          "syncInterval",
          "autoSync",
          "metadata",
          "status");
  private static final Set<String> READ_ONLY =
      Set.of(
          "id",
          "lastSyncAt",
          "lastSyncStatus",
          "lastSyncError",
          "failures",
          "due",
          "expected",
          "createdAt");

  private final JdbcClient jdbc;
  private final ConnectorTypes types;
  private final ConnectorCredentials credentials;
  private final Datasets datasets;
  private final ExpectedDurations durations;
  private final ObjectMapper json;

  Connectors(
      JdbcClient jdbc,
      ConnectorTypes types,
      ConnectorCredentials credentials,
      Datasets datasets,
      ExpectedDurations durations,
      ObjectMapper json) {
    this.jdbc = jdbc;
    this.types = types;
    this.credentials = credentials;
    this.datasets = datasets;
    this.durations = durations;
    this.json = json;
  }

  /**
   * A connector as somebody wants it, checked and not yet there.
   *
   * @param hours null for always
   */
  public record Draft(
      UUID id,
      String tenantId,
      String createdById,
      String name,
      String type,
      ConnectorStatus status,
      JsonNode config,
      JsonNode credentials,
      int syncInterval,
      boolean autoSync,
      AllowedHours hours,
      JsonNode metadata) {
    @Override
    public String toString() {
      return "Draft[%s, %s]".formatted(name, type);
    }
  }

  /**
   * Reads what somebody wants to add.
   *
   * @param body as in the contract; it is ACTIVE and synced on its interval when nothing else is
   *     said (D6)
   * @throws InvalidInputException naming the field
   */
  public Draft draft(Map<String, Object> body) {
    Fields fields = new Fields(body, WRITABLE);
    String type = fields.text("type", LONGEST_NAME);
    JsonNode config = object(fields, body, "config");
    JsonNode secrets = object(fields, body, "credentials");
    types.check(type, config, secrets);
    return new Draft(
        Generators.timeBasedEpochGenerator().generate(),
        fields.text("tenantId", LONGEST_NAME),
        fields.optionalText("createdById", LONGEST_NAME),
        fields.text("name", LONGEST_NAME),
        type,
        status(fields),
        config,
        secrets,
        interval(fields),
        fields.flag("autoSync", true),
        hours(fields),
        object(fields, body, "metadata"));
  }

  /**
   * Adds a connector that was tried. One whose source was out of order is added all the same and
   * tried again when it is due; one that was refused waits until somebody mends and tests it.
   */
  @Transactional
  public Connector add(Draft draft, ConnectorTest test) {
    jdbc.sql(
            """
            insert into connectorsync.connector_setup
              (id, tenant_id, created_by_id, name, type, status, config, credentials_encrypted, sync_interval, auto_sync,
               allowed_from, allowed_until, metadata, last_sync_error)
            values (?, ?, ?, ?, ?, ?, cast(? as json), ?, ?, ?, ?, ?, cast(? as jsonb), ?)
            """)
        .params(
            draft.id(),
            draft.tenantId(),
            draft.createdById(),
            draft.name(),
            draft.type(),
            test.refused() ? ConnectorStatus.NEEDS_ATTENTION.name() : draft.status().name(),
            draft.config().toString(),
            credentials.encrypted(draft.id(), draft.credentials()),
            draft.syncInterval(),
            draft.autoSync(),
            draft.hours() == null ? null : draft.hours().from(),
            draft.hours() == null ? null : draft.hours().until(),
            draft.metadata().toString(),
            test.ok() ? null : test.message())
        .update();
    return get(draft.id());
  }

  private JsonNode object(Fields fields, Map<String, Object> body, String field) {
    if (!fields.has(field) || body.get(field) == null) {
      return json.createObjectNode();
    }
    if (!(body.get(field) instanceof Map<?, ?> map)) {
      throw Fields.invalid(field, "must be an object");
    }
    return json.valueToTree(map);
  }

  private static AllowedHours hours(Fields fields) {
    String text = fields.optionalText("allowedHours", 20);
    return text == null ? null : AllowedHours.of(text);
  }

  private static int interval(Fields fields) {
    return fields.number("syncInterval", DEFAULT_INTERVAL, SHORTEST_INTERVAL, LONGEST_INTERVAL);
  }

  /** What a person may say; the other statuses follow from syncs (CN-11). */
  private static ConnectorStatus status(Fields fields) {
    String word = fields.optionalText("status", LONGEST_NAME);
    if (word == null || word.equals(ConnectorStatus.ACTIVE.name())) {
      return ConnectorStatus.ACTIVE;
    }
    if (word.equals(ConnectorStatus.INACTIVE.name())) {
      return ConnectorStatus.INACTIVE;
    }
    throw Fields.invalid(
        "status", "can be set to ACTIVE or INACTIVE; the other statuses follow from syncs");
  }

  /**
   * Lists them, oldest first; null narrows nothing.
   *
   * @param status of those that are listed
   * @param hasError whether the last sync of those that are listed left an error (CN-12)
   * @param after id of the last one that the caller knows
   * @param limit null for 500
   */
  public List<Connector> list(
      String tenant, ConnectorStatus status, Boolean hasError, UUID after, Integer limit) {
    Instant now = Instant.now();
    return expecting(
        jdbc.sql(
                """
                select * from connectorsync.connector
                 where (cast(:tenant as text) is null or tenant_id = :tenant)
                   and (cast(:status as text) is null or status = :status)
                   and (cast(:hasError as boolean) is null or (last_sync_error is not null) = :hasError)
                   and (cast(:after as uuid) is null or id > :after)
                 order by id limit :limit
                """)
            .param("tenant", tenant)
            .param("status", status == null ? null : status.name())
            .param("hasError", hasError)
            .param("after", after)
            .param("limit", limit == null ? MOST_LISTED : limit)
            .query((row, number) -> ConnectorRows.read(row, json, now))
            .list());
  }

  private List<Connector> expecting(List<Connector> connectors) {
    Map<UUID, Expected> known = durations.of(connectors.stream().map(Connector::id).toList());
    return connectors.stream().map(one -> one.expecting(known.get(one.id()))).toList();
  }

  /**
   * @throws NotFoundException when there is no such connector
   */
  public Connector get(UUID id) {
    Instant now = Instant.now();
    Connector known =
        jdbc.sql("select * from connectorsync.connector where id = ?")
            .param(id)
            .query((row, number) -> ConnectorRows.read(row, json, now))
            .optional()
            .orElseThrow(() -> missing(id));
    return expecting(List.of(known)).getFirst();
  }

  private static NotFoundException missing(UUID id) {
    return new NotFoundException("There is no connector " + id + ".");
  }

  /**
   * Changes the fields given and leaves the others. New credentials, a new config, or a status, let
   * it be tried at once: what stood in the way is forgotten.
   *
   * @throws InvalidInputException naming the field
   * @throws NotFoundException when there is no such connector
   */
  @Transactional
  public Connector patch(UUID id, Map<String, Object> body) {
    Set<String> known = new HashSet<>(WRITABLE);
    known.addAll(READ_ONLY);
    Fields fields = new Fields(body, known);
    Connector present = get(id);
    fields.unchanged("id", id);
    fields.unchanged("tenantId", present.tenantId());
    fields.unchanged("type", present.type());
    Changes changes = new Changes();
    if (fields.has("name")) {
      changes.set("name", fields.text("name", LONGEST_NAME));
    }
    if (fields.has("syncInterval")) {
      changes.set("sync_interval", interval(fields));
    }
    if (fields.has("autoSync")) {
      changes.set("auto_sync", fields.flag("autoSync", true));
    }
    if (fields.has("allowedHours")) {
      AllowedHours hours = hours(fields);
      changes.set("allowed_from", hours == null ? null : hours.from());
      changes.set("allowed_until", hours == null ? null : hours.until());
    }
    boolean anew = isAnotherStatus(fields, present);
    if (anew) {
      changes.set("status", status(fields).name());
    }
    if (fields.has("config") || fields.has("credentials")) {
      anew |= replaceSetup(id, fields, body, present);
    }
    changes.apply(jdbc, "connectorsync.connector_setup", id);
    if (anew) {
      forgetFailures(id);
    }
    if (fields.has("metadata")) {
      jdbc.sql("update connectorsync.connector_setup set metadata = cast(? as jsonb) where id = ?")
          .params(object(fields, body, "metadata").toString(), id)
          .update();
    }
    return get(id);
  }

  /** A client may send back the status that it read. */
  private static boolean isAnotherStatus(Fields fields, Connector present) {
    return fields.has("status")
        && !present.status().name().equals(fields.optionalText("status", LONGEST_NAME));
  }

  private boolean replaceSetup(
      UUID id, Fields fields, Map<String, Object> body, Connector present) {
    JsonNode config = fields.has("config") ? object(fields, body, "config") : present.config();
    JsonNode secrets =
        fields.has("credentials") ? object(fields, body, "credentials") : credentials.of(id);
    if (config.equals(present.config()) && !fields.has("credentials")) {
      return false;
    }
    types.check(present.type(), config, secrets);
    jdbc.sql(
            """
            update connectorsync.connector_setup
               set config = cast(? as json), credentials_encrypted = ?, updated_at = now(),
                   status = case when status = 'INACTIVE' then status else 'ACTIVE' end
             where id = ?
            """)
        .params(config.toString(), credentials.encrypted(id, secrets), id)
        .update();
    return true;
  }

  private void forgetFailures(UUID id) {
    jdbc.sql(
            """
            update connectorsync.connector_setup
               set failures = 0, failing_since = null, retry_at = null
             where id = ?
            """)
        .param(id)
        .update();
  }

  /**
   * Forgets a connector with the records that it brought; the history of its syncs stays.
   *
   * @throws NotFoundException when there is no such connector
   * @throws io.caravan.failure.ConflictException when it is being synced; it is still there then
   */
  @Transactional
  public void delete(UUID id) {
    int deleted =
        jdbc.sql(
                "update connectorsync.connector_setup set deleted_at = now(), credentials_encrypted"
                    + " = null where id = ? and deleted_at is null")
            .param(id)
            .update();
    if (deleted == 0) {
      throw missing(id);
    }
    datasets.delete(id);
  }

  static JsonNode tree(ObjectMapper json, String text) {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("PostgreSQL returned broken JSON", e);
    }
  }
}
