package io.caravan.bluegreen;

import com.fasterxml.jackson.databind.JsonNode;
import de.bytefish.pgbulkinsert.pgsql.PgBinaryWriter;
import de.bytefish.pgbulkinsert.pgsql.handlers.BigDecimalValueHandler;
import de.bytefish.pgbulkinsert.pgsql.handlers.BooleanValueHandler;
import de.bytefish.pgbulkinsert.pgsql.handlers.IntegerValueHandler;
import de.bytefish.pgbulkinsert.pgsql.handlers.JsonbValueHandler;
import de.bytefish.pgbulkinsert.pgsql.handlers.LocalDateValueHandler;
import de.bytefish.pgbulkinsert.pgsql.handlers.LongValueHandler;
import de.bytefish.pgbulkinsert.pgsql.handlers.StringValueHandler;
import de.bytefish.pgbulkinsert.pgsql.handlers.ZonedDateTimeValueHandler;
import io.caravan.failure.StopSignal;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes elements of a payload into rows of a version of an entity, through one COPY. */
final class EntityCopy implements Payload.Use, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EntityCopy.class);

  /** PostgreSQL's B-trees take 2 704 bytes; headers and what is not text need some. */
  private static final int LONGEST_KEY = 2_600;

  private static final StringValueHandler TEXT = new StringValueHandler();
  private static final IntegerValueHandler<Integer> INTEGER = new IntegerValueHandler<>();
  private static final LongValueHandler<Long> BIGINT = new LongValueHandler<>();
  private static final BigDecimalValueHandler<BigDecimal> NUMERIC = new BigDecimalValueHandler<>();
  private static final BooleanValueHandler BOOLEAN = new BooleanValueHandler();
  private static final ZonedDateTimeValueHandler TIMESTAMP = new ZonedDateTimeValueHandler();
  private static final LocalDateValueHandler DATE = new LocalDateValueHandler();
  private static final JsonbValueHandler JSON = new JsonbValueHandler();

  private final Connection connection;
  private final Entity entity;
  private final int version;
  private final List<int[]> keys;
  private final StopSignal stop;
  private final Map<String, Long> setAside = new TreeMap<>();
  private PgBinaryWriter writer;
  private long rows;

  private EntityCopy(Connection connection, Entity entity, int version, StopSignal stop) {
    this.connection = connection;
    this.entity = entity;
    this.version = version;
    this.keys = entity.keyIndexes();
    this.stop = stop;
  }

  /**
   * Begins to fill a version anew, in one transaction.
   *
   * @param connection closed with this
   * @throws SQLException when PostgreSQL does not take it
   */
  static EntityCopy begin(Connection connection, Entity entity, int version, StopSignal stop)
      throws SQLException {
    EntityCopy copy = new EntityCopy(connection, entity, version, stop);
    try (Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      CopyIn.boundLocks(statement);
      GreenTables.create(statement, entity, version);
      copy.writer =
          CopyIn.begin(
              connection,
              GreenTables.table(entity.name(), version),
              entity.columns().stream().map(Column::name).toList());
      return copy;
    } catch (SQLException | RuntimeException e) {
      copy.close();
      throw e;
    }
  }

  /**
   * Adds keys, tells the planner about the rows, and commits.
   *
   * @throws SQLException when the rows or keys are not taken
   */
  EntityLoad finish() throws SQLException {
    PgBinaryWriter written = writer;
    writer = null;
    written.close();
    try (Statement statement = connection.createStatement()) {
      GreenTables.Keys added = GreenTables.addKeys(connection, statement, entity, version);
      // A third of the usual sample tells the planner enough, in a third of the time.
      statement.execute("set local default_statistics_target = 30");
      statement.execute("analyze " + GreenTables.table(entity.name(), version));
      connection.commit();
      return new EntityLoad(
          entity.name(),
          version,
          rows - added.repeated(),
          setAside,
          added.duplicates(),
          added.repeated());
    }
  }

  /** Undoes what was not finished. */
  @Override
  public void close() {
    if (writer != null) {
      try {
        // Nothing else can be said over a connection before its COPY has ended.
        writer.close();
      } catch (RuntimeException e) {
        LOG.debug("A COPY into {} ended with its failure", entity.name(), e);
      }
    }
    try (connection) {
      connection.rollback();
    } catch (SQLException e) {
      LOG.debug("The connection of a COPY into {} is gone", entity.name(), e);
    }
  }

  @Override
  public void element(JsonNode element) {
    stop.check();
    JsonNode each = entity.each() == null ? element : element.at(entity.each());
    if (each.isArray() && entity.each() != null) {
      each.forEach(row -> write(row, element));
    } else if (entity.each() == null || !each.isMissingNode() && !each.isNull()) {
      write(each, element);
    }
  }

  private void write(JsonNode row, JsonNode parent) {
    Object[] values = new Object[entity.columns().size()];
    try {
      for (int i = 0; i < values.length; i++) {
        values[i] = ColumnValues.of(entity.columns().get(i), row, parent);
      }
      checkKeys(values);
    } catch (SetAside e) {
      setAside.merge(e.getMessage(), 1L, Long::sum);
      return;
    }
    writer.startRow(values.length);
    for (int i = 0; i < values.length; i++) {
      set(entity.columns().get(i).type(), values[i]);
    }
    rows++;
  }

  /** One key that is too long would fail the index, and with it the release. */
  private void checkKeys(Object[] values) throws SetAside {
    for (int[] key : keys) {
      int bytes = 0;
      for (int column : key) {
        if (values[column] instanceof String text) {
          bytes += text.getBytes(StandardCharsets.UTF_8).length;
        }
      }
      if (bytes > LONGEST_KEY) {
        throw new SetAside(entity.columns().get(key[0]).name() + " is too long for a key");
      }
    }
  }

  private void set(ColumnType type, Object value) {
    if (value == null) {
      writer.writeNull();
      return;
    }
    switch (type) {
      case TEXT -> writer.write(TEXT, (String) value);
      case INTEGER -> writer.write(INTEGER, (Integer) value);
      case BIGINT -> writer.write(BIGINT, (Long) value);
      case NUMERIC -> writer.write(NUMERIC, (BigDecimal) value);
      case BOOLEAN -> writer.write(BOOLEAN, (Boolean) value);
      case TIMESTAMP -> writer.write(TIMESTAMP, (ZonedDateTime) value);
      case DATE -> writer.write(DATE, (LocalDate) value);
      case JSON -> writer.write(JSON, (String) value);
    }
  }
}
