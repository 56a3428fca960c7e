package io.caravan.connectorsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.secret.Redactor;
import io.caravan.secret.Vault;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a connector logs in with: encrypted at rest, and never shown again. */
@Component
class ConnectorCredentials {
  private final JdbcClient jdbc;
  private final Vault vault;
  private final Redactor redactor;
  private final ObjectMapper json;

  ConnectorCredentials(JdbcClient jdbc, Vault vault, Redactor redactor, ObjectMapper json) {
    this.jdbc = jdbc;
    this.vault = vault;
    this.redactor = redactor;
    this.json = json;
  }

  /**
   * @return null for an empty object
   */
  byte[] encrypted(UUID connector, JsonNode credentials) {
    if (credentials.isEmpty()) {
      return null;
    }
    register(credentials);
    return vault.encrypt(credentials.toString(), place(connector));
  }

  /** Those of a connector; an empty object when it has none. */
  JsonNode of(UUID connector) {
    byte[] encrypted =
        jdbc.sql("select credentials_encrypted from connectorsync.connector_setup where id = ?")
            .param(connector)
            .query((row, number) -> new Encrypted(row.getBytes(1)))
            .single()
            .bytes();
    if (encrypted == null) {
      return json.createObjectNode();
    }
    JsonNode credentials = Connectors.tree(json, vault.decrypt(encrypted, place(connector)));
    register(credentials);
    return credentials;
  }

  /** A mapped row must not be null. */
  private record Encrypted(byte[] bytes) {}

  /** From now on no log line and no error shows one of them. */
  void register(JsonNode credentials) {
    if (credentials.isTextual()) {
      redactor.register(credentials.asText());
    }
    credentials.forEach(this::register);
  }

  private static String place(UUID connector) {
    return "connector:" + connector + ":credentials";
  }
}
