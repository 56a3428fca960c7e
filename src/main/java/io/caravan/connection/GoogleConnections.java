package io.caravan.connection;

import com.fasterxml.uuid.Generators;
import io.caravan.failure.Failure;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.NotFoundException;
import io.caravan.request.Fields;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Accounts with Google: OAuth tokens of a person, or the key of a service account. */
@Component
public class GoogleConnections {
  private static final int LONGEST_NAME = 200;

  private final JdbcClient jdbc;
  private final ConnectionSecrets secrets;
  private final ConnectionTable table;

  GoogleConnections(JdbcClient jdbc, ConnectionSecrets secrets) {
    this.jdbc = jdbc;
    this.secrets = secrets;
    this.table = new ConnectionTable(jdbc, "sheetsync.google_sheets_connection", "Google");
  }

  /**
   * Connects an owner, in the place of what was connected before. Does not ask Google.
   *
   * @param body {@code ownerId} with {@code serviceAccountJson}, or with {@code accessToken,
   *     refreshToken?, expiresAt?, clientId?, clientSecret?}
   * @throws InvalidInputException naming the field, without any part of a token
   */
  public Connection create(Map<String, Object> body) {
    Fields fields =
        new Fields(
            body,
            Set.of(
                "ownerId",
                "accessToken",
                "refreshToken",
                "expiresAt",
                "clientId",
                "clientSecret",
                "serviceAccountJson"));
    String owner = fields.text("ownerId", LONGEST_NAME);
    UUID id = table.ofOwner(owner).orElseGet(() -> Generators.timeBasedEpochGenerator().generate());
    byte[] accessToken = secrets.sent(fields, "accessToken", id, "access_token");
    byte[] serviceAccount = secrets.sent(fields, "serviceAccountJson", id, "service_account");
    if ((accessToken == null) == (serviceAccount == null)) {
      throw new InvalidInputException(
          "Give either serviceAccountJson, or accessToken (with refreshToken, clientId and"
              + " clientSecret if it expires).");
    }
    byte[] refreshToken = secrets.sent(fields, "refreshToken", id, "refresh_token");
    byte[] clientSecret = secrets.sent(fields, "clientSecret", id, "client_secret");
    String clientId = fields.optionalText("clientId", LONGEST_NAME);
    if (refreshToken != null && (clientId == null || clientSecret == null)) {
      throw new InvalidInputException("A refreshToken needs clientId and clientSecret.");
    }
    if (serviceAccount != null) {
      ServiceAccountKey.check(fields.text("serviceAccountJson", 20_000));
    }
    jdbc.sql(
            """
            insert into sheetsync.google_sheets_connection
              (id, owner_id, access_token_encrypted, refresh_token_encrypted, expires_at, client_id,
               client_secret_encrypted, service_account_encrypted)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (owner_id) do update
               set access_token_encrypted = excluded.access_token_encrypted,
                   refresh_token_encrypted = excluded.refresh_token_encrypted,
                   expires_at = excluded.expires_at, client_id = excluded.client_id,
                   client_secret_encrypted = excluded.client_secret_encrypted,
                   service_account_encrypted = excluded.service_account_encrypted,
                   needs_reauth = false, last_refresh_error = null, updated_at = now()
            """)
        .params(
            id,
            owner,
            accessToken,
            refreshToken,
            AirtableConnections.expiry(fields),
            clientId,
            clientSecret,
            serviceAccount)
        .update();
    return table.get(id);
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
   * What a client of Google's needs to act for the owner.
   *
   * @param accessToken null for a service account
   * @param expiresAt null when it is not known
   * @param refreshToken null when there is none, likewise clientId and clientSecret
   * @param serviceAccount the key as Google wrote it, JSON; null for a person
   * @param version of the connection's tokens
   */
  public record Login(
      UUID id,
      String accessToken,
      Instant expiresAt,
      String refreshToken,
      String clientId,
      String clientSecret,
      String serviceAccount,
      Instant version) {
    /**
     * That of a service account which is no connection; the same key is the same log-in.
     *
     * @param key the file that Google writes for a service account
     * @throws InvalidInputException when it is no such file, without any part of it
     */
    public static Login ofServiceAccount(String key) {
      ServiceAccountKey.check(key);
      return new Login(
          UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)),
          null,
          null,
          null,
          null,
          null,
          key,
          Instant.EPOCH);
    }

    @Override
    public String toString() {
      return "log-in of the Google connection " + id;
    }
  }

  /**
   * @throws Failure of kind authorisation when the owner has to connect again
   * @throws NotFoundException when there is no such connection
   */
  public Login login(UUID id) {
    return jdbc.sql("select * from sheetsync.google_sheets_connection where id = ?")
        .param(id)
        .query(
            (row, number) -> {
              table.requireUsable(row.getBoolean("needs_reauth"), row.getString("owner_id"));
              return login(row, id);
            })
        .optional()
        .orElseThrow(() -> table.missing(id));
  }

  private Login login(ResultSet row, UUID id) throws SQLException {
    return new Login(
        id,
        secrets.decrypted(row, id, "access_token"),
        ConnectionTable.instant(row, "expires_at"),
        secrets.decrypted(row, id, "refresh_token"),
        row.getString("client_id"),
        secrets.decrypted(row, id, "client_secret"),
        secrets.decrypted(row, id, "service_account"),
        ConnectionTable.instant(row, "updated_at"));
  }

  /**
   * Keeps an access token that Google gave for the refresh token, which stays as it is; not when
   * the connection has other tokens by now.
   */
  public void refreshed(Login login, String accessToken, Instant expiresAt) {
    UUID id = login.id();
    long seconds = Math.max(0, Duration.between(Instant.now(), expiresAt).toSeconds());
    jdbc.sql(
            """
            update sheetsync.google_sheets_connection
               set access_token_encrypted = ?, expires_at = now() + make_interval(secs => ?),
                   last_refresh_attempt = now(), last_refresh_error = null, updated_at = now()
             where id = ? and updated_at = ?
            """)
        .params(
            secrets.encrypted(accessToken, id, "access_token"),
            seconds,
            id,
            login.version().atOffset(ZoneOffset.UTC))
        .update();
  }

  /** The owner has to connect again, unless that has been done meanwhile. */
  public void needsReauth(Login login, String error) {
    table.needsReauth(login.id(), login.version(), error);
  }

  /** Whether the owner has to connect again. */
  public boolean hasEnded(UUID id) {
    return table.hasEnded(id);
  }
}
