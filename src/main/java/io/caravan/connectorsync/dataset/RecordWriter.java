package io.caravan.connectorsync.dataset;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes rows of a dataset's table as records, one after the other. */
final class RecordWriter implements AutoCloseable {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();
  private static final CsvFactory CSV =
      CsvFactory.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private final JsonGenerator out;
  private final RecordFormat format;
  private final List<Column> columns;
  private final List<String> names;

  /**
   * @param to stays open
   */
  RecordWriter(OutputStream to, RecordFormat format, List<Column> columns) throws IOException {
    this.format = format;
    this.columns = columns;
    this.names = names(columns);
    if (format == RecordFormat.CSV) {
      CsvGenerator csv = CSV.createGenerator(to);
      csv.setSchema(header());
      out = csv;
    } else {
      out = JSON.createGenerator(to);
      if (format == RecordFormat.JSON) {
        out.writeStartArray();
      } else {
        out.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
      }
    }
  }

  private CsvSchema header() {
    CsvSchema.Builder schema =
        CsvSchema.builder()
            .addColumn(ColumnNames.KEY)
            .addColumn(ColumnNames.VERSION)
            .addColumn(ColumnNames.CHANGED_AT)
            .addColumn(ColumnNames.REMOVED);
    names.forEach(schema::addColumn);
    return schema.addColumn(ColumnNames.MORE).setUseHeader(true).build();
  }

  /**
   * Each field's own name, unless that is one of ours or an older field goes by it already; its
   * column's then, or the next that is free. Columns stay in their order, so that a field keeps its
   * name when others come.
   */
  private static List<String> names(List<Column> columns) {
    Set<String> taken = new HashSet<>(ColumnNames.OURS);
    List<String> names = new ArrayList<>();
    for (Column column : columns) {
      String name = column.field();
      for (int number = 1; !taken.add(name); number++) {
        name = number == 1 ? column.name() : column.name() + "_" + number;
      }
      names.add(name);
    }
    return names;
  }

  /**
   * @param row key, version, time of the change, whether removed, the columns, and what has none
   */
  void write(ResultSet row) throws IOException, SQLException {
    int at = 1;
    out.writeStartObject();
    out.writeStringField(ColumnNames.KEY, row.getString(at++));
    out.writeNumberField(ColumnNames.VERSION, row.getLong(at++));
    out.writeStringField(
        ColumnNames.CHANGED_AT, row.getObject(at++, OffsetDateTime.class).toInstant().toString());
    out.writeBooleanField(ColumnNames.REMOVED, row.getBoolean(at++));
    for (int i = 0; i < columns.size(); i++) {
      out.writeFieldName(names.get(i));
      value(row, at++, columns.get(i).type());
    }
    String more = row.getString(at);
    if (more != null) {
      out.writeFieldName(ColumnNames.MORE);
      json(more);
    }
    out.writeEndObject();
  }

  private void value(ResultSet row, int at, ColumnType type) throws IOException, SQLException {
    Object value =
        switch (type) {
          case BOOLEAN -> row.getBoolean(at);
          case BIGINT -> row.getLong(at);
          case NUMERIC -> row.getBigDecimal(at);
          case DATE -> row.getObject(at, LocalDate.class);
          case TIMESTAMP -> row.getObject(at, OffsetDateTime.class);
          case TEXT, JSON -> row.getString(at);
        };
    if (row.wasNull()) {
      out.writeNull();
      return;
    }
    switch (value) {
      case Boolean truth -> out.writeBoolean(truth);
      case Long number -> out.writeNumber(number);
      case BigDecimal number -> out.writeNumber(number);
      case OffsetDateTime time -> out.writeString(time.toInstant().toString());
      case String json when type == ColumnType.JSON -> json(json);
      default -> out.writeString(value.toString());
    }
  }

  private void json(String json) throws IOException {
    if (format == RecordFormat.CSV) {
      out.writeString(json);
    } else {
      out.writeRawValue(json);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
