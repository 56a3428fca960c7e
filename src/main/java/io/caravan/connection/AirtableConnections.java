package io.caravan.connection;

import com.fasterxml.uuid.Generators;
import io.caravan.failure.Failure;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.NotFoundException;
import io.caravan.request.Fields;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Accounts with Airtable: a personal access token, or OAuth tokens. Refreshing uses up the refresh
 * token and may revoke the grant when it is done twice (Airtable, OAuth reference), so that one
 * node at a time may do it and stores the new pair before anybody uses it.
 */
@Component
public class AirtableConnections {
  /** Five minutes before it expires, or in the second half of a shorter life. */
  private static final String STALE =
      """
      refresh_token_encrypted is not null and not needs_reauth
      and expires_at < now() + least(interval '5 minutes', (expires_at - updated_at) / 2)
      """;

  /** A token that is so young and refused does not get better by another. */
  private static final String JUST_REFRESHED = "last_refresh_attempt > now() - interval '1 minute'";

  /** A node that died while it refreshed is waited for. */
  private static final int LEASE_SECONDS = 30;

  private static final int LONGEST_NAME = 200;

  private final JdbcClient jdbc;
  private final ConnectionSecrets secrets;
  private final ConnectionTable table;

  AirtableConnections(JdbcClient jdbc, ConnectionSecrets secrets) {
    this.jdbc = jdbc;
    this.secrets = secrets;
    this.table = new ConnectionTable(jdbc, "sheetsync.airtable_connection", "Airtable");
  }

  /**
   * Connects an owner, in the place of what was connected before. Does not ask Airtable.
   *
   * @param body {@code ownerId, accessToken, refreshToken?, expiresAt?, clientId?, clientSecret?}
   * @throws InvalidInputException naming the field, without any part of a token
   */
  public Connection create(Map<String, Object> body) {
    Fields fields =
        new Fields(
            body,
            Set.of(
                "ownerId", "accessToken", "refreshToken", "expiresAt", "clientId", "clientSecret"));
    String owner = fields.text("ownerId", LONGEST_NAME);
    UUID id = table.ofOwner(owner).orElseGet(() -> Generators.timeBasedEpochGenerator().generate());
    byte[] accessToken = secrets.sent(fields, "accessToken", id, "access_token");
    if (accessToken == null) {
      throw Fields.invalid("accessToken", "must be the token of an Airtable account");
    }
    byte[] refreshToken = secrets.sent(fields, "refreshToken", id, "refresh_token");
    String clientId = fields.optionalText("clientId", LONGEST_NAME);
    if (refreshToken != null && clientId == null) {
      throw Fields.invalid("clientId", "must be given with a refreshToken");
    }
    jdbc.sql(
            """
            insert into sheetsync.airtable_connection
              (id, owner_id, access_token_encrypted, refresh_token_encrypted, expires_at, client_id,
               client_secret_encrypted)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict (owner_id) do update
               set access_token_encrypted = excluded.access_token_encrypted,
                   refresh_token_encrypted = excluded.refresh_token_encrypted,
                   expires_at = excluded.expires_at, client_id = excluded.client_id,
                   client_secret_encrypted = excluded.client_secret_encrypted,
                   needs_reauth = false, last_refresh_error = null, last_refresh_attempt = null,
                   refreshing_until = null, updated_at = now()
            """)
        .params(
            id,
            owner,
            accessToken,
            refreshToken,
            expiry(fields),
            clientId,
            secrets.sent(fields, "clientSecret", id, "client_secret"))
        .update();
    return table.get(id);
  }

  static Object expiry(Fields fields) {
    String text = fields.optionalText("expiresAt", 40);
    try {
      return text == null ? null : Instant.parse(text).atOffset(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw Fields.invalid("expiresAt", "must be a time like 2026-01-31T12:00:00Z");
    }
  }

  /** All, oldest first. */
  public List<Connection> list() {
    return table.list();
  }

  /**
   * @throws NotFoundException when there is no such connection
   */
  public void delete(UUID id) {
    table.delete(id);
  }

  /** The connection of an owner, empty when there is none. */
  public Optional<UUID> ofOwner(String ownerId) {
    return table.ofOwner(ownerId);
  }

  /**
   * The token to send now.
   *
   * @throws Failure of kind authorisation when the owner has to connect again
   * @throws NotFoundException when there is no such connection
   */
  public String accessToken(UUID id) {
    return jdbc.sql("select * from sheetsync.airtable_connection where id = ?")
        .param(id)
        .query(
            (row, number) -> {
              table.requireUsable(row.getBoolean("needs_reauth"), row.getString("owner_id"));
              return secrets.decrypted(row, id, "access_token");
            })
        .optional()
        .orElseThrow(() -> table.missing(id));
  }

  /** Whether the owner has to connect again. */
  public boolean hasEnded(UUID id) {
    return table.hasEnded(id);
  }

  /**
   * Which of its tokens a connection has now, to be named when one is refused.
   *
   * @throws NotFoundException when there is no such connection
   */
  public Instant version(UUID id) {
    return table.version(id);
  }

  /** Whether the access token is about to expire, or Airtable refused it, and can be refreshed. */
  public boolean isStale(UUID id) {
    return jdbc.sql("select %s from sheetsync.airtable_connection where id = ?".formatted(STALE))
        .param(id)
        .query((row, number) -> row.getBoolean(1))
        .optional()
        .orElse(false);
  }

  /**
   * A refresh that this node alone may make.
   *
   * @param until when another one may, and what tells it from any other
   */
  public record Refresh(
      UUID id, String refreshToken, String clientId, String clientSecret, Instant until) {
    @Override
    public String toString() {
      return "refresh of the Airtable connection " + id;
    }
  }

  /**
   * Takes the right to refresh a stale token.
   *
   * @return null when it is fresh by now, or another one is refreshing it
   */
  public Refresh beginRefresh(UUID id) {
    return jdbc.sql(
            """
            update sheetsync.airtable_connection
               set refreshing_until = now() + make_interval(secs => ?), last_refresh_attempt = now()
             where id = ? and (refreshing_until is null or refreshing_until < now()) and %s
            returning *
            """
                .formatted(STALE))
        .params(LEASE_SECONDS, id)
        .query((row, number) -> refresh(row, id))
        .optional()
        .orElse(null);
  }

  private Refresh refresh(ResultSet row, UUID id) throws SQLException {
    return new Refresh(
        id,
        secrets.decrypted(row, id, "refresh_token"),
        row.getString("client_id"),
        secrets.decrypted(row, id, "client_secret"),
        ConnectionTable.instant(row, "refreshing_until"));
  }

  /**
   * Stores the new pair of tokens, unless the owner has connected anew meanwhile.
   *
   * @param lifetime of the access token
   */
  public void refreshed(
      Refresh refresh, String accessToken, String refreshToken, Duration lifetime) {
    UUID id = refresh.id();
    jdbc.sql(
            """
            update sheetsync.airtable_connection
               set access_token_encrypted = ?, refresh_token_encrypted = coalesce(?, refresh_token_encrypted),
                   expires_at = now() + make_interval(secs => ?), last_refresh_error = null,
                   refreshing_until = null, updated_at = now()
             where id = ? and refreshing_until = ?
            """)
        .params(
            secrets.encrypted(accessToken, id, "access_token"),
            secrets.encrypted(refreshToken, id, "refresh_token"),
            lifetime.toSeconds(),
            id,
            refresh.until().atOffset(ZoneOffset.UTC))
        .update();
  }

  /**
   * Notes that a refresh failed, unless the owner has connected anew meanwhile.
   *
   * @param isFinal whether the owner has to connect again: the grant is gone
   */
  public void notRefreshed(Refresh refresh, String error, boolean isFinal) {
    jdbc.sql(
            """
            update sheetsync.airtable_connection
               set needs_reauth = ?, last_refresh_error = ?, refreshing_until = null
             where id = ? and refreshing_until = ?
            """)
        .params(isFinal, error, refresh.id(), refresh.until().atOffset(ZoneOffset.UTC))
        .update();
  }

  /**
   * Airtable does not take a token, though it should not have expired: it is refreshed if that can
   * help. A late answer to a token that was replaced meanwhile changes nothing.
   *
   * @param version the connection's before the token was sent
   * @return whether there is, or soon will be, another token to try
   */
  public boolean refused(UUID id, Instant version) {
    int refreshable =
        jdbc.sql(
                """
                update sheetsync.airtable_connection set expires_at = now()
                 where id = ? and updated_at = ? and refresh_token_encrypted is not null
                   and not needs_reauth and (%s) is not true
                """
                    .formatted(JUST_REFRESHED))
            .params(id, version.atOffset(ZoneOffset.UTC))
            .update();
    return refreshable > 0 || !table.needsReauth(id, version, "Airtable refused the token.");
  }
}
