package io.caravan.connectorsync.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;

/**
 * A sheet of an Excel workbook (Office Open XML, ECMA-376), read row by row. Numbers are numbers,
 * and those shown as dates are dates; a formula is what Excel last made of it.
 */
final class ExcelFile {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final String name;
  private final Path file;
  private final FileSetup.Options options;
  private final Scratch bounds;
  private List<String> header;

  /**
   * @param name of the file, for messages
   */
  ExcelFile(String name, Path file, FileSetup.Options options, Scratch bounds) {
    this.name = name;
    this.file = file;
    this.options = options;
    this.bounds = bounds;
  }

  /**
   * Reads all rows of the sheet that have a cell.
   *
   * @throws Failure of kind data when this is no workbook; of kind configuration when it has no
   *     such sheet
   */
  void read(Records records) throws IOException {
    new WorkbookCheck(name, file, bounds).check(records.stop());
    try (ReadableWorkbook workbook =
            new ReadableWorkbook(file.toFile(), new ReadingOptions(true, true));
        Stream<Row> rows = sheet(workbook).openStream()) {
      for (Iterator<Row> each = rows.iterator(); each.hasNext(); ) {
        row(each.next(), records);
      }
    } catch (ExcelReaderException | IOException e) {
      throw broken(e);
    }
  }

  private Failure broken(Exception e) {
    return new Failure(
        FailureKind.DATA, name + " is no Excel workbook (xlsx), or it is broken.", e);
  }

  private Sheet sheet(ReadableWorkbook workbook) {
    return options.sheet() == null
        ? workbook.getFirstSheet()
        : workbook
            .findSheet(options.sheet())
            .orElseThrow(
                () ->
                    new Failure(
                        FailureKind.CONFIGURATION,
                        "%s has no sheet %s; it has %s."
                            .formatted(
                                name,
                                options.sheet(),
                                workbook
                                    .getSheets()
                                    .map(Sheet::getName)
                                    .collect(Collectors.joining(", ")))));
  }

  private void row(Row row, Records records) {
    if (row.getFirstNonEmptyCell().isEmpty()) {
      return;
    }
    if (header == null && options.header()) {
      header = header(row);
      return;
    }
    ObjectNode record = JSON.objectNode();
    if (header != null) {
      header.forEach(record::putNull);
    }
    for (Cell cell : row) {
      if (cell != null && cell.getColumnIndex() >= 0) {
        record.set(column(cell.getColumnIndex()), value(cell));
      }
    }
    records.record(record);
  }

  private String column(int index) {
    return header != null && index < header.size() ? header.get(index) : "column" + index;
  }

  /** A name that is there twice gets a number, one that is not there that of its column. */
  private static List<String> header(Row row) {
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < row.getCellCount(); i++) {
      String given = row.getCellText(i).strip();
      String name = given.isEmpty() ? "column" + i : given;
      for (int number = 2; !names.add(name); number++) {
        name = given + "_" + number;
      }
    }
    return new ArrayList<>(names);
  }

  private static JsonNode value(Cell cell) {
    Object value = cell.getValue();
    return switch (cell.getType()) {
      case EMPTY -> JSON.nullNode();
      case BOOLEAN -> JSON.booleanNode(cell.asBoolean());
      case NUMBER -> DateFormats.isDate(cell) ? date(cell.asDate()) : number(cell.asNumber());
      case STRING, FORMULA, ERROR ->
          switch (value) {
            case null -> JSON.nullNode();
            case BigDecimal number -> number(number);
            case Boolean truth -> JSON.booleanNode(truth);
            default -> JSON.textNode(value.toString());
          };
    };
  }

  /** Excel has no other numbers than binary ones, and shows 15 digits of them. */
  private static JsonNode number(BigDecimal number) {
    BigDecimal plain = number.stripTrailingZeros();
    return plain.scale() <= 0 && plain.precision() - plain.scale() <= 18
        ? JSON.numberNode(plain.longValueExact())
        : DecimalNode.valueOf(plain);
  }

  private static JsonNode date(LocalDateTime date) {
    return JSON.textNode(
        date.toLocalTime().equals(LocalTime.MIDNIGHT)
            ? date.toLocalDate().toString()
            : date.format(DateTimeFormatter.ISO_LOCAL_DATE_TIME));
  }
}
