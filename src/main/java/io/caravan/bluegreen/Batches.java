package io.caravan.bluegreen;

import com.fasterxml.jackson.databind.ObjectMapper;
import de.bytefish.pgbulkinsert.pgsql.PgBinaryWriter;
import de.bytefish.pgbulkinsert.pgsql.handlers.BaseValueHandler;
import de.bytefish.pgbulkinsert.pgsql.handlers.UUIDValueHandler;
import io.caravan.failure.StopSignal;
import io.caravan.paging.Paginator;
import java.io.ByteArrayInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The raw JSON of the last payloads, as received (seed: {@code {entity}_json}). Each batch is a
 * partition: it appears as a whole, and goes without leaving dead rows behind.
 */
@Component
class Batches {
  private static final Logger LOG = LoggerFactory.getLogger(Batches.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String COLUMNS =
      "batch, id, raw_name, content_hash, etag, last_modified, parts, bytes, created_at";

  /** A larger document is cut between its elements into pieces of about this size. */
  private static final long PIECE = 1 << 20;

  private final DataSource database;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  Batches(DataSource database, JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.database = database;
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** Where a payload comes from. */
  record Origin(
      UUID id,
      String rawName,
      UUID runId,
      String etag,
      String lastModified,
      Paginator paginator,
      List<ReadPage> pages) {}

  /**
   * Keeps a payload. Either all of it is there afterwards, or nothing.
   *
   * @param payload over the same bodies
   * @throws SQLException when it cannot be written
   * @throws IOException when the bodies cannot be read
   */
  Batch keep(Origin origin, Spool bodies, Payload payload, StopSignal stop)
      throws SQLException, IOException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        CopyIn.boundLocks(statement);
        String all = table(origin.rawName());
        createTable(connection, statement, origin.rawName(), all);
        int number = nextNumber(statement);
        String own = partition(origin.rawName(), number);
        statement.execute(
            "create table %s (like %s including defaults including compression)"
                .formatted(own, all));
        int parts = copy(connection, own, origin.id(), bodies, payload, stop);
        statement.execute("create unique index on %s (part)".formatted(own));
        statement.execute(
            "alter table %s attach partition %s for values in ('%s')"
                .formatted(all, own, origin.id()));
        Batch batch = record(connection, number, origin, bodies, parts);
        connection.commit();
        return batch;
      } catch (SQLException | IOException | RuntimeException e) {
        connection.rollback();
        if (CopyIn.refusal(e) instanceof SQLException refused) {
          throw refused;
        }
        throw e;
      }
    }
  }

  private static String table(String rawName) {
    return "green.\"%s_json\"".formatted(rawName);
  }

  private static String partition(String rawName, int number) {
    return "green.\"%s_json_%d\"".formatted(rawName, number);
  }

  private static void createTable(
      Connection connection, Statement statement, String rawName, String table)
      throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("select pg_advisory_xact_lock(hashtext(?))")) {
      lock.setString(1, "bluegreen batch " + rawName);
      lock.execute();
    }
    if (bool(statement, "select to_regclass('%s') is not null".formatted(table))) {
      return;
    }
    // Not every PostgreSQL is built with lz4, which is several times faster than its own.
    boolean lz4 =
        bool(
            statement,
            "select 'lz4' = any (enumvals) from pg_settings where name ="
                + " 'default_toast_compression'");
    statement.execute(
        """
        create table %s (
          id uuid not null, part integer not null, data json %s not null,
          created_at timestamptz not null default now()) partition by list (id)
        """
            .formatted(table, lz4 ? "compression lz4" : ""));
  }

  private static boolean bool(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static int nextNumber(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "select nextval(pg_get_serial_sequence('bluegreen.batch', 'batch'))")) {
      row.next();
      return row.getInt(1);
    }
  }

  /** The pages of a batch, in their order; empty when they were not found by this paginator. */
  List<ReadPage> pages(Batch batch, Paginator paginator) {
    return jdbc.sql(
            """
            select page.* from bluegreen.batch b,
                   jsonb_to_recordset(b.pages) page (address text, digest text, elements bigint, next text)
             where b.batch = ? and b.paginator = ?
            """)
        .params(batch.batch(), paginator.toString())
        .query(ReadPage.class)
        .list();
  }

  private static Batch record(
      Connection connection, int number, Origin origin, Spool bodies, int parts)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into bluegreen.batch
                   (batch, id, raw_name, run_id, content_hash, etag, last_modified, parts, bytes, paginator, pages)
            overriding system value values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb) returning %s
            """
                .formatted(COLUMNS))) {
      insert.setInt(1, number);
      insert.setObject(2, origin.id());
      insert.setString(3, origin.rawName());
      insert.setObject(4, origin.runId());
      insert.setString(5, bodies.hash());
      insert.setString(6, origin.etag());
      insert.setString(7, origin.lastModified());
      insert.setInt(8, parts);
      insert.setLong(9, bodies.length());
      insert.setString(10, origin.paginator().toString());
      insert.setString(11, JSON.valueToTree(origin.pages()).toString());
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return batch(row, 1);
      }
    }
  }

  /**
   * @return rows written
   */
  private static int copy(
      Connection connection, String table, UUID id, Spool bodies, Payload payload, StopSignal stop)
      throws SQLException, IOException {
    try (PgBinaryWriter copy = CopyIn.begin(connection, table, List.of("id", "part", "data"))) {
      RawRows rows = new RawRows(copy, id);
      for (int document = 0; document < bodies.count(); document++) {
        stop.check();
        if (bodies.length(document) <= PIECE) {
          rows.whole(bodies.open(document), bodies.length(document));
        } else {
          pieces(rows, bodies, payload, document, stop);
        }
      }
      return rows.written();
    }
  }

  private static void pieces(
      RawRows rows, Spool bodies, Payload payload, int document, StopSignal stop)
      throws IOException {
    long[] piece = {-1, -1};
    payload.places(
        document,
        (from, to) -> {
          if (piece[0] >= 0 && to - piece[0] > PIECE) {
            stop.check();
            rows.array(bodies.open(document, piece[0], piece[1]), piece[1] - piece[0]);
            piece[0] = -1;
          }
          piece[0] = piece[0] < 0 ? from : piece[0];
          piece[1] = to;
        });
    if (piece[0] >= 0) {
      rows.array(bodies.open(document, piece[0], piece[1]), piece[1] - piece[0]);
    } else {
      rows.array(InputStream.nullInputStream(), 0);
    }
  }

  /** The newest batch of a path's payloads. */
  Optional<Batch> newest(String rawName) {
    return list(rawName).stream().findFirst();
  }

  /** Newest first. */
  List<Batch> list(String rawName) {
    return jdbc.sql(
            "select %s from bluegreen.batch where raw_name = ? order by batch desc"
                .formatted(COLUMNS))
        .param(rawName)
        .query(Batches::batch)
        .list();
  }

  private static Batch batch(ResultSet row, int number) throws SQLException {
    return new Batch(
        row.getInt("batch"),
        row.getObject("id", UUID.class),
        row.getString("raw_name"),
        row.getString("content_hash"),
        row.getString("etag"),
        row.getString("last_modified"),
        row.getInt("parts"),
        row.getLong("bytes"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }

  /** The documents of a batch, read one at a time. */
  Documents documents(Batch batch) {
    return new Documents() {
      @Override
      public int count() {
        return batch.parts();
      }

      @Override
      public InputStream open(int number) {
        return jdbc.sql(
                "select data::text from %s where part = ?"
                    .formatted(partition(batch.rawName(), batch.batch())))
            .param(number)
            .query((row, n) -> row.getBinaryStream(1))
            .single();
      }
    };
  }

  /**
   * Drops the oldest batches.
   *
   * @param keep so many stay
   * @return how many went; one that somebody reads just now goes another time
   */
  int prune(String rawName, int keep) {
    int dropped = 0;
    for (Batch old : list(rawName).stream().skip(keep).toList()) {
      try {
        transaction.executeWithoutResult(status -> drop(old));
        dropped++;
      } catch (DataAccessException e) {
        LOG.info("Batch {} of {} is in use and goes another time", old.id(), rawName);
      }
    }
    return dropped;
  }

  private void drop(Batch old) {
    jdbc.sql("select set_config('lock_timeout', '200ms', true)").query(String.class).single();
    jdbc.sql("drop table if exists " + partition(old.rawName(), old.batch())).update();
    jdbc.sql("delete from bluegreen.batch where batch = ?").param(old.batch()).update();
  }

  /** Writes rows whose JSON goes from stream to stream; nothing of it is held. */
  private static final class RawRows {
    private static final UUIDValueHandler ID = new UUIDValueHandler();

    private final PgBinaryWriter writer;
    private final UUID id;
    private int part;

    RawRows(PgBinaryWriter writer, UUID id) {
      this.writer = writer;
      this.id = id;
    }

    void whole(InputStream json, long length) {
      write(new Raw(json, Math.toIntExact(length)));
    }

    /** What stands between the brackets is given. */
    void array(InputStream elements, long length) {
      InputStream bracketed =
          new SequenceInputStream(
              Collections.enumeration(List.of(bytes("["), elements, bytes("]"))));
      write(new Raw(bracketed, Math.toIntExact(length + 2)));
    }

    private static InputStream bytes(String text) {
      return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void write(Raw raw) {
      writer.startRow(3);
      writer.write(ID, id);
      writer.writeInt(part++);
      writer.write(RawHandler.INSTANCE, raw);
    }

    int written() {
      return part;
    }
  }

  /** JSON of a known length, in bytes. */
  private record Raw(InputStream json, int length) {}

  private static final class RawHandler extends BaseValueHandler<Raw> {
    private static final RawHandler INSTANCE = new RawHandler();

    @Override
    protected void internalHandle(DataOutputStream out, Raw raw) throws IOException {
      out.writeInt(raw.length());
      raw.json().transferTo(out);
    }

    @Override
    public int getLength(Raw raw) {
      return raw.length();
    }
  }
}
