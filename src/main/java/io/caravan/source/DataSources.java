package io.caravan.source;

import com.fasterxml.uuid.Generators;
import io.caravan.failure.Failure;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.NotFoundException;
import io.caravan.request.Changes;
import io.caravan.request.Fields;
import io.caravan.secret.Redactor;
import io.caravan.secret.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The customers' databases. Passwords are kept encrypted and are never shown. Deleted ones stay in
 * the table, unseen.
 */
@Component
public class DataSources {
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_URL = 4_000;

  /** A service account's key in JSON is the longest password there is. */
  private static final int LONGEST_PASSWORD = 20_000;

  private static final String COLUMNS =
      """
      select d.id, d.organization_id, d.name, d.type, d.jdbc_url, d.username, d.password_encrypted,
             d.onboarding_completed
        from caravan.data_sources d
        join caravan.organizations o on o.id = d.organization_id
       where d.deleted_at is null and o.deleted_at is null
      """;

  private final JdbcClient jdbc;
  private final Vault vault;
  private final Redactor redactor;
  private final Organizations organizations;

  public DataSources(JdbcClient jdbc, Vault vault, Redactor redactor, Organizations organizations) {
    this.jdbc = jdbc;
    this.vault = vault;
    this.redactor = redactor;
    this.organizations = organizations;
  }

  /**
   * Adds a data source. Does not connect to it.
   *
   * @param body {@code organizationId, name, type, jdbcUrl}, and {@code username, password,
   *     onboardingCompleted}
   * @throws InvalidInputException naming the field
   */
  public DataSource create(Map<String, Object> body) {
    Fields fields =
        new Fields(
            body,
            Set.of(
                "organizationId",
                "name",
                "type",
                "jdbcUrl",
                "username",
                "password",
                "onboardingCompleted"));
    SourceType type = SourceType.ofApiName(fields.text("type", 20));
    DataSource created =
        new DataSource(
            Generators.timeBasedEpochGenerator().generate(),
            fields.id("organizationId"),
            fields.text("name", LONGEST_NAME),
            type,
            fields.text("jdbcUrl", LONGEST_URL),
            fields.optionalText("username", LONGEST_NAME),
            fields.flag("onboardingCompleted", false));
    JdbcUrlCheck.check(type, created.jdbcUrl());
    byte[] password = encrypted(created.id(), fields);
    requireOrganization(created.organizationId());
    jdbc.sql(
            """
            insert into caravan.data_sources
              (id, organization_id, name, type, jdbc_url, username, password_encrypted, onboarding_completed)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            created.id(),
            created.organizationId(),
            created.name(),
            type.apiName(),
            created.jdbcUrl(),
            created.username(),
            password,
            created.onboardingCompleted())
        .update();
    return created;
  }

  private void requireOrganization(UUID id) {
    try {
      organizations.get(id);
    } catch (NotFoundException e) {
      throw new InvalidInputException("organizationId: " + e.getMessage());
    }
  }

  private byte[] encrypted(UUID id, Fields fields) {
    String password = fields.optionalText("password", LONGEST_PASSWORD);
    if (password == null || password.isEmpty()) {
      return null;
    }
    redactor.register(password);
    return vault.encrypt(password, place(id));
  }

  private static String place(UUID id) {
    return "data_sources:" + id + ":password";
  }

  /** All data sources, oldest first. */
  public List<DataSource> list() {
    return jdbc.sql(COLUMNS + " order by d.created_at, d.id").query(DataSources::row).list();
  }

  /**
   * Those that pipelines may read: onboarded themselves, of an organisation that is onboarded too
   * (SV-08).
   */
  public List<DataSource> eligible() {
    return eligible(null);
  }

  /**
   * Those of one organisation that pipelines may read.
   *
   * @param organizationId null for all
   */
  public List<DataSource> eligible(UUID organizationId) {
    return jdbc.sql(
            COLUMNS
                + " and d.onboarding_completed and o.onboarding_completed"
                + " and (cast(:organization as uuid) is null or o.id = :organization)"
                + " order by d.created_at, d.id")
        .param("organization", organizationId)
        .query(DataSources::row)
        .list();
  }

  /**
   * @throws NotFoundException when there is none with this id, or it was deleted
   */
  public DataSource get(UUID id) {
    return jdbc.sql(COLUMNS + " and d.id = ?")
        .param(id)
        .query(DataSources::row)
        .optional()
        .orElseThrow(() -> missing(id));
  }

  /**
   * Changes the fields given and leaves the others. Type and organisation cannot change: that is
   * another data source.
   *
   * @param body {@code name, jdbcUrl, username, password, onboardingCompleted}; a null username or
   *     password is removed
   * @throws InvalidInputException naming the field
   * @throws NotFoundException when there is no such data source
   */
  public DataSource patch(UUID id, Map<String, Object> body) {
    Fields fields =
        new Fields(
            body,
            Set.of(
                "id",
                "organizationId",
                "name",
                "type",
                "jdbcUrl",
                "username",
                "password",
                "onboardingCompleted"));
    DataSource present = get(id);
    fields.unchanged("id", id);
    fields.unchanged("organizationId", present.organizationId());
    fields.unchanged("type", present.type().apiName());
    Changes changes = new Changes();
    if (fields.has("name")) {
      changes.set("name", fields.text("name", LONGEST_NAME));
    }
    if (fields.has("jdbcUrl")) {
      String url = fields.text("jdbcUrl", LONGEST_URL);
      JdbcUrlCheck.check(present.type(), url);
      changes.set("jdbc_url", url);
    }
    if (fields.has("username")) {
      changes.set("username", fields.optionalText("username", LONGEST_NAME));
    }
    if (fields.has("password")) {
      changes.set("password_encrypted", encrypted(id, fields));
    }
    if (fields.has("onboardingCompleted")) {
      changes.set("onboarding_completed", fields.flag("onboardingCompleted", false));
    }
    changes.apply(jdbc, "caravan.data_sources", id);
    return get(id);
  }

  /**
   * Deletes the data source and forgets its password.
   *
   * @throws NotFoundException when there is no such data source
   */
  public void delete(UUID id) {
    int deleted =
        jdbc.sql(
                """
                update caravan.data_sources set deleted_at = now(), password_encrypted = null
                 where id = ? and deleted_at is null
                """)
            .param(id)
            .update();
    if (deleted == 0) {
      throw missing(id);
    }
  }

  /**
   * How to connect.
   *
   * @throws NotFoundException when there is no such data source
   * @throws Failure of kind configuration when its password cannot be decrypted
   */
  Login login(UUID id) {
    return jdbc.sql(COLUMNS + " and d.id = ?")
        .param(id)
        .query(
            (rs, number) -> {
              byte[] encrypted = rs.getBytes("password_encrypted");
              String password = encrypted == null ? null : vault.decrypt(encrypted, place(id));
              redactor.register(password);
              DataSource source = row(rs, number);
              return new Login(
                  source.name(), source.type(), source.jdbcUrl(), source.username(), password);
            })
        .optional()
        .orElseThrow(() -> missing(id));
  }

  private static NotFoundException missing(UUID id) {
    return new NotFoundException("There is no data source " + id + ".");
  }

  private static DataSource row(ResultSet rs, int number) throws SQLException {
    return new DataSource(
        rs.getObject("id", UUID.class),
        rs.getObject("organization_id", UUID.class),
        rs.getString("name"),
        SourceType.ofApiName(rs.getString("type")),
        rs.getString("jdbc_url"),
        rs.getString("username"),
        rs.getBoolean("onboarding_completed"));
  }
}
