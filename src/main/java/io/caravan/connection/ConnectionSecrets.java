package io.caravan.connection;

import io.caravan.request.Fields;
import io.caravan.secret.Redactor;
import io.caravan.secret.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Encrypts what is secret about a connection, each value for its own place (TS-04). */
@Component
class ConnectionSecrets {
  private static final int LONGEST = 20_000;

  private final Vault vault;
  private final Redactor redactor;

  ConnectionSecrets(Vault vault, Redactor redactor) {
    this.vault = vault;
    this.redactor = redactor;
  }

  /** Reads a secret that somebody sent, or null. */
  byte[] sent(Fields fields, String field, UUID id, String column) {
    return encrypted(fields.optionalText(field, LONGEST), id, column);
  }

  /**
   * @param secret null for none
   */
  byte[] encrypted(String secret, UUID id, String column) {
    if (secret == null || secret.isBlank()) {
      return null;
    }
    redactor.register(secret);
    return vault.encrypt(secret, place(id, column));
  }

  /**
   * @return null when there is none
   */
  String decrypted(ResultSet row, UUID id, String column) throws SQLException {
    byte[] encrypted = row.getBytes(column + "_encrypted");
    if (encrypted == null) {
      return null;
    }
    String secret = vault.decrypt(encrypted, place(id, column));
    redactor.register(secret);
    return secret;
  }

  private static String place(UUID id, String column) {
    return "connection:" + id + ":" + column;
  }
}
