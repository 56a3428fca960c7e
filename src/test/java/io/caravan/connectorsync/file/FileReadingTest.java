package io.caravan.connectorsync.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes out of files of each format, good and bad. */
class FileReadingTest {
  private static final String PLAIN = "{}";

  @TempDir Path folder;
  private TestRecords read;

  @BeforeEach
  void records() {
    read = new TestRecords(folder);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream to = new GZIPOutputStream(packed)) {
      to.write(bytes);
    }
    return packed.toByteArray();
  }

  private static void fails(FailureKind kind, String saying, ThrowingCallable what) {
    assertThatThrownBy(what)
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContaining(saying);
  }

  @Test
  void aFieldOfCsvIsANumberOnlyWhereItComesBackAsTheSameText() throws IOException {
    read.read(
        "a.csv",
        """
        a,b,c,d,e,f,g
        1,1.50,007,true,2026-01-05,"",
        -3,-0.0,+5,TRUE,1e5,"x ""y"", z",12345678901234567890
        """,
        PLAIN);

    assertThat(read.shown())
        .isEqualTo(
            """
            {"a":1,"b":1.50,"c":"007","d":true,"e":"2026-01-05","f":"","g":null}
            {"a":-3,"b":"-0.0","c":"+5","d":"TRUE","e":"1e5","f":"x \\"y\\", z","g":12345678901234567890}\
            """);
  }

  @Test
  void raggedRowsAreSetAsideAndTheOthersRead() throws IOException {
    read.read("orders.csv", "id,name\n1,Chair\n2\n3,Lamp,7\n4,Table\n", PLAIN);

    assertThat(read.records).hasSize(2);
    assertThat(read.leftOut)
        .containsExactly(
            "line 3 of orders.csv has fewer fields than there are columns",
            "line 4 of orders.csv has more fields than there are columns");
    assertThat(read.seen).containsExactly("2", "3,Lamp,7");
  }

  @Test
  void raggedRowsFarBehindTheOnesThatWereLookedAtAreSetAsideToo() throws IOException {
    read.read("a.csv", "id,name\n" + "1,a\n".repeat(50_000) + "2\n3,x\n", PLAIN);

    assertThat(read.records).hasSize(50_001);
    assertThat(read.leftOut).hasSize(1).first().asString().startsWith("line 50002 of a.csv");
  }

  @Test
  void aTextBehindThousandsOfNumbersIsNotLost() throws IOException {
    read.read("a.csv", "code\n" + "17\n".repeat(50_000) + "A-1\n", PLAIN);

    assertThat(read.records).hasSize(50_001);
    assertThat(read.records.getLast().get("code").textValue()).isEqualTo("A-1");
    assertThat(read.leftOut).isEmpty();
  }

  @Test
  void rowsWithBrokenCharactersAreSetAside() throws IOException {
    byte[] csv = "id,name\n1,Chair\n2,B?\n3,Käse\n".getBytes(StandardCharsets.UTF_8);
    csv["id,name\n1,Chair\n2,B".length()] = (byte) 0xff;

    read.read("a.csv", csv, PLAIN);

    assertThat(read.shown())
        .isEqualTo("{\"id\":1,\"name\":\"Chair\"}\n{\"id\":3,\"name\":\"Käse\"}");
    assertThat(read.leftOut).containsExactly("line 3 of a.csv is not in the encoding UTF-8");
  }

  @Test
  void theEncodingDelimiterAndHeaderAreAsTheOptionsSay() throws IOException {
    read.read(
        "a.txt",
        "Käse;1,5\n".getBytes(Charset.forName("windows-1252")),
        """
        {"format": "csv", "options": {"encoding": "windows-1252", "delimiter": ";", "header": false}}
        """);

    assertThat(read.shown()).isEqualTo("{\"column0\":\"Käse\",\"column1\":\"1,5\"}");
  }

  @Test
  void theDelimiterIsFoundOutAndAMarkOfUtf8Skipped() throws IOException {
    read.read("a.csv", "\ufeffid;name\n1;a\n2;b\n", PLAIN);

    assertThat(read.shown()).isEqualTo("{\"id\":1,\"name\":\"a\"}\n{\"id\":2,\"name\":\"b\"}");
  }

  @Test
  void anEmptyCsvFileHasNoRecords() throws IOException {
    assertThat(read.read("a.csv", "", PLAIN).records).isEmpty();
    assertThat(read.read("b.csv", "id,name\n", PLAIN).records).isEmpty();
    assertThat(read.read("c.ndjson", "", PLAIN).records).isEmpty();
  }

  @Test
  void aCsvFileNoneOfWhoseRowsFitsIsRefused() {
    fails(
        FailureKind.DATA,
        "no row that can be used",
        () ->
            read.read(
                "a.csv", "id,name\n1;Chair\n2;Table\n", "{\"options\": {\"delimiter\": \",\"}}"));
  }

  @Test
  void aPageOfHtmlIsNoCsv() {
    fails(
        FailureKind.DATA,
        "HTML page",
        () -> read.read("a.csv", "<!DOCTYPE html>\n<body>Log in, please</body>", PLAIN));
  }

  @Test
  void valuesOfParquetKeepTheirMeaning() throws Exception {
    Path file = folder.resolve("a.parquet");
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      statement.execute(
          """
          copy (select 9007199254740993 as whole, 1.50::decimal(10,2) as amount, 1.1::float as single,
            timestamp '2026-03-29 02:30:00' as local, timestamptz '2026-01-02 03:04:05+02' as moment,
            date '2026-01-02' as day, [1, 2] as list, {'a': 1, 'b': date '2026-01-02'} as fields,
            map {'k': 1.5} as entries, 'x'::blob as bytes, null::int as nothing, 'nan'::double as odd)
          to '%s'
          """
              .formatted(file));
    }

    read.read(file, PLAIN);

    assertThat(read.shown())
        .isEqualTo(
            """
            {"whole":9007199254740993,"amount":1.50,"single":1.1,"local":"2026-03-29T02:30:00",\
            "moment":"2026-01-02T01:04:05Z","day":"2026-01-02","list":[1,2],\
            "fields":{"a":1,"b":"2026-01-02"},"entries":{"k":1.5},"bytes":"eA==","nothing":null,"odd":"NaN"}\
            """);
  }

  @Test
  void whatIsNoParquetIsRefused() {
    fails(
        FailureKind.DATA,
        "a.parquet is no Parquet file",
        () -> read.read("a.parquet", "id,name\n1,a\n", PLAIN));
    fails(FailureKind.DATA, "is no Parquet file", () -> read.read("b.parquet", "", PLAIN));
  }

  @Test
  void aFormulaADateAndARowThatIsLongerComeOutOfExcel() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (Workbook workbook = new Workbook(file, "test", "1.0")) {
      workbook.newWorksheet("Cover").value(0, 0, "nothing here");
      Worksheet sheet = workbook.newWorksheet("Orders");
      String[] header = {"id", "day", "at", "day", ""};
      for (int i = 0; i < header.length; i++) {
        sheet.value(0, i, header[i]);
      }
      sheet.value(1, 0, 7);
      sheet.value(1, 1, LocalDate.of(2026, 1, 5));
      sheet.style(1, 1).format("yyyy-mm-dd").set();
      sheet.value(1, 2, LocalDateTime.of(2026, 1, 5, 8, 30));
      sheet.style(1, 2).format("dd.mm.yyyy hh:mm").set();
      sheet.value(1, 3, 1.25);
      sheet.style(1, 3).format("0.00\\d").set();
      sheet.value(1, 4, true);
      sheet.value(1, 6, "beyond");
      sheet.value(3, 0, "8");
    }

    read.read("a.xlsx", file.toByteArray(), "{\"options\": {\"sheet\": \"Orders\"}}");

    assertThat(read.shown())
        .isEqualTo(
            """
            {"id":7,"day":"2026-01-05","at":"2026-01-05T08:30:00","day_2":1.25,"column4":true,"column6":"beyond"}
            {"id":"8","day":null,"at":null,"day_2":null,"column4":null}\
            """);
    fails(
        FailureKind.CONFIGURATION,
        "has no sheet Sales; it has Cover, Orders",
        () -> read.read(folder.resolve("a.xlsx"), "{\"options\": {\"sheet\": \"Sales\"}}"));
  }

  @Test
  void whatIsNoExcelIsRefused() {
    fails(
        FailureKind.DATA,
        "is no Excel workbook",
        () -> read.read("a.xlsx", "id,name\n1,a\n", PLAIN));
  }

  @Test
  void aWorkbookThatUnpacksToFarMoreIsRefused() throws IOException {
    Path bomb = folder.resolve("bomb.xlsx");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bomb))) {
      zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
      byte[] cells = "<c/>".repeat(250_000).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 30; i++) {
        zip.write(cells);
      }
    }
    Path text = folder.resolve("text.xlsx");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(text))) {
      zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
      zip.write("<t>".getBytes(StandardCharsets.UTF_8));
      zip.write("x".repeat(2_000_000).getBytes(StandardCharsets.UTF_8));
    }

    fails(FailureKind.DATA, "more than 200 times as large", () -> read.read(bomb, PLAIN));
    fails(FailureKind.DATA, "more than a cell can hold", () -> read.read(text, PLAIN));
  }

  @Test
  void packedFilesAreUnpackedWithinTheirBounds() throws IOException {
    read.read("a.csv.gz", gzip("id\n1\n".getBytes(StandardCharsets.UTF_8)), PLAIN);
    assertThat(read.shown()).isEqualTo("{\"id\":1}");

    fails(
        FailureKind.DATA,
        "more than 200 times as large",
        () -> read.read("bomb.csv.gz", gzip(new byte[30_000_000]), PLAIN));
    fails(
        FailureKind.DATA, "is not packed with gzip", () -> read.read("b.csv.gz", "id\n1\n", PLAIN));
  }

  @Test
  void aPackedFileWithoutItsEndIsNamed() throws IOException {
    byte[] whole = gzip("id,name\n1,Chair\n".getBytes(StandardCharsets.UTF_8));

    for (int length : new int[] {0, 5, 20, whole.length - 1}) {
      fails(
          FailureKind.DATA,
          "orders.csv.gz breaks off",
          () -> read.read("orders.csv.gz", Arrays.copyOf(whole, length), PLAIN));
    }
    assertThat(read.records).isEmpty();
  }

  @Test
  void aNameThatDoesNotTellTheFormatIsAskedFor() {
    assertThatThrownBy(() -> read.read("a.dat", "id\n1\n", PLAIN))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("config.format", "csv, json, ndjson, parquet, excel");
  }

  @Test
  void aStopEndsTheQuery() throws IOException {
    Files.writeString(folder.resolve("a.csv"), "id\n" + "1\n".repeat(100_000));
    Failure reason = new Failure(FailureKind.CANCELLED, "enough");
    TestRecords stopped = new TestRecords(folder);
    stopped.stop.stop(reason);

    assertThatThrownBy(() -> stopped.read(folder.resolve("a.csv"), PLAIN)).isSameAs(reason);
    assertThat(stopped.records).isEmpty();
  }
}
