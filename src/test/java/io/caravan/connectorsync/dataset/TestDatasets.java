package io.caravan.connectorsync.dataset;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

/** Datasets of one connector on a database of their own. */
final class TestDatasets {
  static final JsonPointer ROOT = JsonPointer.empty();
  static final String RESOURCE = "orders";
  private static final ObjectMapper JSON = new ObjectMapper();

  final DataSource database = TestDatabase.migrated();
  final JdbcClient jdbc = JdbcClient.create(database);
  final Datasets datasets = new Datasets(database, new DatasetProperties(DataSize.ofMegabytes(10)));
  final UUID connector = UUID.randomUUID();

  DatasetLoad begin(String... key) {
    return datasets.begin(connector, "My Shop", RESOURCE, List.of(key), UUID.randomUUID(), false);
  }

  /** Loads all records there are, known by their {@code id}. */
  LoadResult load(String json) {
    return load(json, true, "id");
  }

  LoadResult load(String json, boolean complete, String... key) {
    try (DatasetLoad load = begin(key)) {
      load.records(page(json), ROOT);
      return load.commit(complete, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static InputStream page(String json) {
    return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Dataset dataset() {
    return datasets.get(connector, RESOURCE);
  }

  String table() {
    return Tables.qualified(dataset().tableName());
  }

  List<Map<String, Object>> rows(String columns) {
    return jdbc.sql("select %s from %s order by _key".formatted(columns, table()))
        .query()
        .listOfRows();
  }

  Object value(String expression) {
    return jdbc.sql("select %s from %s".formatted(expression, table())).query().singleValue();
  }

  String type(String column) {
    return jdbc.sql(
            """
            select data_type from information_schema.columns
             where table_schema = 'connectorsync' and table_name = ? and column_name = ?
            """)
        .params(dataset().tableName(), column)
        .query(String.class)
        .single();
  }

  String changes(String since, RecordFormat format) {
    try (Changes changes = datasets.changedSince(connector, RESOURCE, since, null)) {
      return written(changes, format);
    }
  }

  static String written(Changes changes, RecordFormat format) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      changes.writeTo(out, format);
      return out.toString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> stagingTables() {
    return jdbc.sql("select tablename from pg_tables where tablename like ?")
        .param(Tables.stagingPattern())
        .query(String.class)
        .list();
  }
}
