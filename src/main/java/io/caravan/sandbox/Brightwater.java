package io.caravan.sandbox;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * The PostgreSQL warehouse: Brightwater Trading sells things for house and garden. It is filled
 * under another name and renamed as the last step, so that whoever sees it sees all of it. A
 * comment on the database tells which edition it is, and that it is ours to replace.
 */
final class Brightwater {
  static final String DATABASE = "brightwater";
  static final String READER = "warehouse_reader";

  private static final String UNFINISHED = "brightwater_unfinished";
  private static final String OURS = "Sample warehouse made by Caravan, edition ";
  private static final String OUR_READER = "Reads the sample warehouse made by Caravan";

  /** Any number will do as long as only the sandbox uses it. */
  private static final long LOCK = 5_277_316_220_774L;

  private static final Script WORDS = new Script("brightwater/create_words.sql");
  private static final Script CATALOGUE = new Script("brightwater/fill_catalogue.sql");
  private static final Script SALES = new Script("brightwater/fill_sales.sql");
  private static final Script CUSTOMERS = new Script("brightwater/fill_customers.sql");
  private static final Script READER_GRANTS = new Script("brightwater/grant_reader.sql");

  private final PostgresServer server;
  private final String mark =
      OURS + Script.editionOf(WORDS, CATALOGUE, SALES, CUSTOMERS, READER_GRANTS);

  Brightwater(PostgresServer server) {
    this.server = server;
  }

  /**
   * Makes the warehouse unless it is there, and lets the reader in with this password.
   *
   * @return whether it had to be made
   * @throws Failure kind CONFIGURATION when a database or role of the name exists that Caravan did
   *     not make
   */
  boolean prepare(String readerPassword) {
    try (Connection admin = server.connect()) {
      execute(admin, "select pg_advisory_lock(" + LOCK + ")");
      admitReader(admin, readerPassword);
      String found = comment(admin, "pg_database", "datname", DATABASE);
      if (mark.equals(found)) {
        return false;
      }
      if (found != null && !found.startsWith(OURS)) {
        throw notOurs("database", DATABASE);
      }
      make(admin);
      return true;
    } catch (SQLException e) {
      throw PostgresServer.explain(e);
    }
  }

  void renamePromotionCode(boolean changed) {
    String from = changed ? "code" : "promo_code";
    String to = changed ? "promo_code" : "code";
    try (Connection admin = server.connect(DATABASE);
        ResultSet column = admin.getMetaData().getColumns(null, "shop", "promotion", from)) {
      if (column.next()) {
        execute(admin, "alter table shop.promotion rename column %s to %s".formatted(from, to));
      }
    } catch (SQLException e) {
      throw PostgresServer.explain(e);
    }
  }

  private void make(Connection admin) throws SQLException {
    execute(admin, "drop database if exists " + UNFINISHED + " with (force)");
    execute(
        admin,
        "create database "
            + UNFINISHED
            + " template template0 encoding 'UTF8' locale_provider builtin builtin_locale 'C.UTF-8'"
            + " locale 'C'");
    execute(admin, "revoke all on database " + UNFINISHED + " from public");
    execute(admin, "grant connect on database " + UNFINISHED + " to " + READER);
    execute(admin, "comment on database " + UNFINISHED + " is '" + mark + "'");
    run(WORDS.text());
    run(CATALOGUE.text());
    Together.all(List.of(() -> run(SALES.text()), () -> run(CUSTOMERS.text())));
    run(READER_GRANTS.text());
    // Or else the first to read a page pays for marking its rows visible, and autovacuum competes
    // with the first run.
    run("vacuum");
    execute(admin, "drop database if exists " + DATABASE + " with (force)");
    execute(admin, "alter database " + UNFINISHED + " rename to " + DATABASE);
  }

  private Void run(String sql) {
    try (Connection connection = server.connect(UNFINISHED)) {
      execute(connection, sql);
      return null;
    } catch (SQLException e) {
      throw PostgresServer.explain(e);
    }
  }

  private static void admitReader(Connection admin, String password) throws SQLException {
    String found = comment(admin, "pg_authid", "rolname", READER);
    if (found != null && !found.equals(OUR_READER)) {
      throw notOurs("role", READER);
    }
    if (found == null) {
      execute(
          admin,
          """
          begin;
          create role %1$s login connection limit 20;
          alter role %1$s set default_transaction_read_only = on;
          comment on role %1$s is '%2$s';
          commit
          """
              .formatted(READER, OUR_READER));
    }
    // The driver sends a hash, so that the password itself is in no server log.
    admin.unwrap(PGConnection.class).alterUserPassword(READER, password.toCharArray(), null);
  }

  /**
   * The comment on a database or role, empty when it has none, or null when there is no such thing.
   */
  private static String comment(Connection admin, String catalogue, String nameColumn, String name)
      throws SQLException {
    String sql =
        """
        select coalesce(shobj_description(oid, ?), '') from %s where %s = ?
        """
            .formatted("pg_authid".equals(catalogue) ? "pg_roles" : catalogue, nameColumn);
    try (var statement = admin.prepareStatement(sql)) {
      statement.setString(1, catalogue);
      statement.setString(2, name);
      try (var rows = statement.executeQuery()) {
        return rows.next() ? rows.getString(1) : null;
      }
    }
  }

  private static Failure notOurs(String what, String name) {
    return new Failure(
        FailureKind.CONFIGURATION,
        "The server has a %1$s %2$s that Caravan did not make, so the demo leaves it alone. Rename it, or start the demo"
                .formatted(what, name)
            + " without DATABASE_URL to use the embedded server.");
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
