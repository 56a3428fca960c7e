package io.caravan.connectorsync;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Reads rows of the view {@code connectorsync.connector}. */
final class ConnectorRows {
  private ConnectorRows() {}

  static Connector read(ResultSet row, ObjectMapper json, Instant now) throws SQLException {
    ConnectorStatus status = ConnectorStatus.valueOf(row.getString("status"));
    LocalTime from = row.getObject("allowed_from", LocalTime.class);
    AllowedHours hours =
        from == null
            ? null
            : new AllowedHours(from, row.getObject("allowed_until", LocalTime.class));
    boolean autoSync = row.getBoolean("auto_sync");
    Instant lastSyncAt = instant(row, "last_sync_at");
    return new Connector(
        row.getObject("id", UUID.class),
        row.getString("tenant_id"),
        row.getString("created_by_id"),
        row.getString("name"),
        row.getString("type"),
        Connectors.tree(json, row.getString("config")),
        hours == null ? null : hours.toString(),
        row.getInt("sync_interval"),
        autoSync,
        Connectors.tree(json, row.getString("metadata")),
        status,
        lastSyncAt,
        row.getString("last_sync_status"),
        row.getString("last_sync_error"),
        row.getInt("failures"),
        Due.of(
            status,
            autoSync,
            instant(row, "due_at"),
            instant(row, "retry_at") != null,
            lastSyncAt != null,
            hours,
            now),
        null,
        instant(row, "created_at"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
