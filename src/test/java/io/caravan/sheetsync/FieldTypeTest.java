package io.caravan.sheetsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.sheetsync.Problem.Kind;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns are separated by {@code |}, JSON is in double quotes; an empty cell is {@code ''}. */
class FieldTypeTest {
  private static final String CHOICES =
      "{\"choices\":[{\"name\":\"Red\"},{\"name\":\"Green\"},{\"name\":\"a, b\"},{\"name\":\"say"
          + " \\\"hi\\\"\"}]}";
  private static final Map<String, LinkedTable> LINKED =
      Map.of(
          "tblL",
          new LinkedTable(
              Map.of(
                  "recAda", "Ada",
                  "recSmith", "Smith, John",
                  "recTwin1", "Twin",
                  "recTwin2", "Twin",
                  "recNone", "")));

  private static Column column(String type, String options) {
    JsonNode json =
        options == null
            ? null
            : TwoSides.json(options.equals("choices") ? CHOICES : options.replace('\'', '"'));
    return Column.of(
        new TableSchema.Field("fld", "Field", type, json),
        0,
        LINKED.getOrDefault(linked(json), new LinkedTable(Map.of())));
  }

  private static String linked(JsonNode options) {
    return options == null ? "" : options.path("linkedTableId").asText();
  }

  private static Object cell(String text) {
    return text == null
        ? null
        : TwoSides.json(text).isNumber()
            ? (Object) TwoSides.json(text).doubleValue()
            : TwoSides.json(text).isBoolean()
                ? (Object) TwoSides.json(text).booleanValue()
                : TwoSides.json(text).textValue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          singleLineText | | "=SUM(A1)" | "=SUM(A1)"
          multilineText | | "+1\\n-2" | "+1\\n-2"
          richText | | "**bold**" | "**bold**"
          email | | "a@example.org" | "a@example.org"
          url | | "https://example.org" | "https://example.org"
          phoneNumber | | "00123" | "00123"
          number | {'precision':2} | 9.5 | 9.5
          number | {'precision':0} | -3 | -3
          number | | 0.1 | 0.1
          number | {'precision':1} | 0 | 0
          currency | {'precision':2,'symbol':'$'} | 1234.5 | 1234.5
          percent | {'precision':1} | 0.123 | 0.123
          duration | {'durationFormat':'h:mm'} | 5400 | 5400
          duration | {'durationFormat':'h:mm:ss.SS'} | 1.25 | 1.25
          rating | {'max':5} | 4 | 4
          checkbox | | true | true
          singleSelect | choices | "a, b" | "a, b"
          multipleSelects | choices | ["Red","a, b"] | "Red, \\"a, b\\""
          multipleSelects | choices | ["say \\"hi\\""] | "\\"say \\"\\"hi\\"\\"\\""
          date | | "2026-02-03" | "2026-02-03"
          dateTime | {'timeZone':'utc'} | "2026-02-03T14:30:00Z" | "2026-02-03 14:30:00"
          dateTime | {'timeZone':'client'} | "2026-02-03T14:30:00.123Z" | "2026-02-03 14:30:00.123"
          dateTime | {'timeZone':'Europe/Berlin'} | "2026-07-01T22:30:00Z" | "2026-07-02 00:30:00"
          dateTime | {'timeZone':'Europe/Berlin'} | "2026-10-25T01:30:00Z" | "2026-10-25 02:30:00+01:00"
          multipleRecordLinks | {'linkedTableId':'tblL'} | ["recAda","recSmith"] | "Ada, \\"Smith, John\\""
          multipleRecordLinks | {'linkedTableId':'tblL'} | ["recNone"] | "recNone"
          multipleRecordLinks | {'linkedTableId':'tblOther'} | ["rec00000000000001"] | "rec00000000000001"
          """)
  void goesToTheSheetAndComesBack(String type, String options, String json, String cell)
      throws Exception {
    Column column = column(type, options);

    Value value = column.ofAirtable(TwoSides.json(json));

    assertThat(column.writable()).isTrue();
    assertThat(TextCodec.plain(column.toCell(value, null))).isEqualTo(TextCodec.plain(cell(cell)));
    assertThat(column.ofCell(cell(cell), null)).isEqualTo(value);
    assertThat(column.toAirtable(value).toString()).isEqualTo(json);
    assertThat(Value.ofJson(TwoSides.json(value.toJson().toString()))).isEqualTo(value);
    assertThat(column.airtableShows(TwoSides.json(json), value)).isTrue();
    assertThat(column.cellMeans(cell(cell), value)).isTrue();
    assertThat(column.ofCell(null, null)).isEqualTo(column.ofAirtable(null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          multipleAttachments | | [{"id":"att1","url":"https://x/1","filename":"a.pdf"},{"id":"att2","filename":"b, c.pdf"}] | "a.pdf, \\"b, c.pdf\\""
          singleCollaborator | | {"id":"usr1","email":"a@example.org","name":"Ada"} | "Ada"
          multipleCollaborators | | [{"id":"usr1","email":"a@example.org"}] | "a@example.org"
          barcode | | {"text":"0123","type":"upce"} | "0123"
          formula | {'result':{'type':'number','options':{'precision':1}}} | 2.25 | 2.3
          formula | {'result':{'type':'singleLineText'}} | "x" | "x"
          formula | {'result':{'type':'date'}} | "2026-02-03" | "2026-02-03"
          formula | | {"error":"#ERROR!"} | "#ERROR!"
          formula | {'result':{'type':'number'}} | {"specialValue":"NaN"} | "NaN"
          rollup | {'result':{'type':'dateTime','options':{'timeZone':'Europe/Berlin'}}} | "2026-02-03T14:30:00Z" | "2026-02-03 15:30:00"
          multipleLookupValues | {'result':{'type':'singleLineText'}} | ["x","y, z"] | "x, \\"y, z\\""
          multipleLookupValues | {'result':{'type':'number'}} | [1,2.5] | "1, 2.5"
          multipleLookupValues | {'result':{'type':'multipleRecordLinks','options':{'linkedTableId':'tblL'}}} | ["rec00000000000001"] | "rec00000000000001"
          multipleLookupValues | {'result':{'type':'multipleAttachments'}} | [{"id":"att1","url":"u","filename":"a.pdf"}] | "a.pdf"
          count | | 3 | 3
          autoNumber | | 7 | 7
          createdTime | {'result':{'type':'dateTime','options':{'timeZone':'utc'}}} | "2026-02-03T14:30:15.000Z" | "2026-02-03 14:30:15"
          lastModifiedTime | | "2026-02-03T14:30:15.000Z" | "2026-02-03 14:30:15"
          createdBy | | {"id":"usr1","name":"Ada"} | "Ada"
          lastModifiedBy | | {"id":"usr1","name":"Ada"} | "Ada"
          button | | {"label":"Open","url":"https://x"} | "Open"
          externalSyncSource | | "Calendar" | "Calendar"
          aiText | | {"state":"generated","isStale":false,"value":"words"} | "words"
          hologram | | {"z":1,"a":[2]} | "{\\"a\\":[2],\\"z\\":1}"
          """)
  void isShownAndNeverWritten(String type, String options, String json, String cell)
      throws Exception {
    Column column = column(type, options);

    Value value = column.ofAirtable(TwoSides.json(json));

    assertThat(column.writable()).isFalse();
    assertThat(TextCodec.plain(column.toCell(value, null))).isEqualTo(TextCodec.plain(cell(cell)));
    assertThat(column.cellMeans(cell(cell), value)).isTrue();
    assertThat(column.cellMeans("something else", value)).isFalse();
    assertThat(Value.ofJson(TwoSides.json(value.toJson().toString()))).isEqualTo(value);
    assertThat(column.codec().holds(value)).isTrue();
  }

  @Test
  void everyTypeOfTheFieldModelHasARoundTripAbove() throws Exception {
    Set<String> tried =
        Stream.of("goesToTheSheetAndComesBack", "isShownAndNeverWritten")
            .map(
                name ->
                    Stream.of(FieldTypeTest.class.getDeclaredMethods())
                        .filter(method -> method.getName().equals(name))
                        .findFirst()
                        .orElseThrow())
            .flatMap(method -> method.getAnnotation(CsvSource.class).textBlock().lines())
            .map(line -> FieldType.of(line.split(" ")[0]).name())
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(tried)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(FieldType.values()).map(Enum::name).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          number | {'precision':2} | "1,234.50" | 1234.5
          number | {'precision':2} | " 12 " | 12
          number | {'precision':2} | "1,234,567" | 1234567
          number | {'precision':2} | "1,234" | 1234
          number | {'precision':2} | "1e3" | 1000
          number | {'precision':1} | 9.4999 | 9.5
          currency | {'precision':2,'symbol':'$'} | "$1,234.50" | 1234.5
          percent | {'precision':1} | "12.3 %" | 0.123
          percent | {'precision':1} | 0.123 | 0.123
          duration | {'durationFormat':'h:mm'} | "1:30" | 5400
          duration | {'durationFormat':'h:mm:ss'} | "1:30:05" | 5405
          checkbox | | "yes" | true
          checkbox | | "No" | false
          checkbox | | 1 | true
          checkbox | | 0 | false
          checkbox | | "TRUE" | true
          phoneNumber | | 123 | "123"
          singleLineText | | true | "TRUE"
          singleLineText | | "  " | "  "
          richText | | "x\\n" | "x"
          singleSelect | choices | "red" | "Red"
          multipleSelects | choices | "green,red, Red" | ["Green","Red"]
          multipleSelects | choices | "a, b" | ["a, b"]
          date | | 43831 | "2020-01-01"
          date | | "2020/1/2" | "2020-01-02"
          date | | "25/12/2026" | "2026-12-25"
          date | | "12/25/2026" | "2026-12-25"
          date | | "3.3.2026" | "2026-03-03"
          date | | "3 Feb 2026" | "2026-02-03"
          date | | "February 3rd, 2026" | "2026-02-03"
          date | | "2026-02-03T00:00" | "2026-02-03"
          dateTime | {'timeZone':'Europe/Berlin'} | 46056.5 | "2026-02-03T11:00:00Z"
          dateTime | {'timeZone':'Europe/Berlin'} | "2026-02-03" | "2026-02-02T23:00:00Z"
          dateTime | {'timeZone':'Europe/Berlin'} | "2026-02-03 1:05 pm" | "2026-02-03T12:05:00Z"
          dateTime | {'timeZone':'Europe/Berlin'} | "2026-10-25 02:30+02:00" | "2026-10-25T00:30:00Z"
          dateTime | {'timeZone':'utc'} | 46056.604340277779 | "2026-02-03T14:30:15Z"
          multipleRecordLinks | {'linkedTableId':'tblL'} | "ada" | ["recAda"]
          multipleRecordLinks | {'linkedTableId':'tblL'} | "Smith, John" | ["recSmith"]
          multipleRecordLinks | {'linkedTableId':'tblL'} | "recTwin2, Ada" | ["recTwin2","recAda"]
          """)
  void isUnderstoodAsPeopleWriteIt(String type, String options, String cell, String json)
      throws Exception {
    Column column = column(type, options);

    Value value = column.ofCell(cell(cell), null);

    assertThat(column.toAirtable(value).toString()).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          number | {'precision':2} | "a word" | NOT_A_NUMBER | must hold a number
          number | {'precision':2} | "1.234,50" | NOT_A_NUMBER | must hold a number
          number | {'precision':3} | "1,234" | NOT_A_NUMBER | without the comma
          number | {'precision':2} | true | NOT_A_NUMBER | checkbox
          number | {'precision':2} | "Infinity" | NOT_A_NUMBER | must hold a number
          singleLineText | | "#N/A" | FORMULA_ERROR | repair the formula
          rating | {'max':5} | 0 | OUT_OF_RANGE | from 1 to 5
          rating | {'max':5} | 6 | OUT_OF_RANGE | from 1 to 5
          duration | {'durationFormat':'h:mm'} | 0.0625 | NOT_A_DURATION | whole seconds
          duration | {'durationFormat':'h:mm:ss'} | "1:30" | NOT_A_NUMBER | must hold a number
          checkbox | | "maybe" | NOT_A_CHECKBOX | TRUE, FALSE
          singleSelect | choices | "Blue" | UNKNOWN_CHOICE | use Red, Green, "a, b"
          multipleSelects | choices | "Red, Blue" | UNKNOWN_CHOICE | add it in Airtable
          multipleSelects | choices | "\\"Red" | UNCLOSED_QUOTE | opens a quote
          date | | "3/4/2026" | AMBIGUOUS_DATE | YYYY-MM-DD
          date | | "3.4.2026" | AMBIGUOUS_DATE | YYYY-MM-DD
          date | | "2026-02-30" | NOT_A_DATE | YYYY-MM-DD
          date | | "tomorrow" | NOT_A_DATE | YYYY-MM-DD
          date | | "1/2/26" | NOT_A_DATE | YYYY-MM-DD
          date | | 46056.5 | NOT_A_DATE | remove the time
          date | | true | NOT_A_DATE | YYYY-MM-DD
          date | | 1e12 | NOT_A_DATE | YYYY-MM-DD
          dateTime | {'timeZone':'Europe/Berlin'} | "2026-10-25 02:30" | AMBIGUOUS_DATE | twice
          dateTime | {'timeZone':'Europe/Berlin'} | "2026-03-29 02:30" | AMBIGUOUS_DATE | never
          dateTime | {'timeZone':'utc'} | "2026-02-03 25:00" | NOT_A_DATE | YYYY-MM-DD
          multipleRecordLinks | {'linkedTableId':'tblL'} | "Twin" | AMBIGUOUS_LINK | of which there are 2
          multipleRecordLinks | {'linkedTableId':'tblL'} | "Ada, Bob" | MISSING_LINK | does not exist
          """)
  void isAProblemRatherThanAGuess(
      String type, String options, String cell, Kind kind, String message) {
    Column column = column(type, options);

    assertThatThrownBy(() -> column.ofCell(cell(cell), null))
        .isInstanceOfSatisfying(
            Unreadable.class,
            unreadable -> {
              assertThat(unreadable.kind()).isEqualTo(kind);
              assertThat(unreadable).hasMessageContaining(message);
            });
  }

  @Test
  void keepsTheSerialOfACellThatHoldsADate() throws Exception {
    Column date = column("date", null);
    Column time = column("dateTime", "{'timeZone':'Europe/Berlin'}");
    Value day = date.ofAirtable(TwoSides.json("\"2020-01-01\""));
    Value noon = time.ofAirtable(TwoSides.json("\"2026-02-03T11:00:00Z\""));
    Value twice = time.ofAirtable(TwoSides.json("\"2026-10-25T00:30:00Z\""));

    assertThat(date.toCell(day, 46056.0)).hasToString("43831");
    assertThat(date.toCell(day, "2026-02-03")).isEqualTo("2020-01-01");
    assertThat(time.toCell(noon, 46000.0)).hasToString("46056.5");
    assertThat(time.toCell(twice, 46000.0)).isEqualTo("2026-10-25 02:30:00+02:00");
  }

  @Test
  void linkedNamesKeepTheirRecordsWhenOthersShareTheName() throws Exception {
    Column column = column("multipleRecordLinks", "{'linkedTableId':'tblL'}");
    Value base = column.ofAirtable(TwoSides.json("[\"recTwin2\"]"));

    Value edited = column.ofCell("Twin, Ada", base);

    assertThat(column.toAirtable(edited)).hasToString("[\"recTwin2\",\"recAda\"]");
  }

  @Test
  void attachmentsWithFreshUrlsAreTheSame() {
    Column column = column("multipleAttachments", null);
    JsonNode before =
        TwoSides.json("[{\"id\":\"att1\",\"filename\":\"a\",\"url\":\"https://x/1\"}]");
    JsonNode after =
        TwoSides.json("[{\"id\":\"att1\",\"filename\":\"a\",\"url\":\"https://x/2\"}]");

    assertThat(column.airtableShows(after, column.ofAirtable(before))).isTrue();
  }

  @Test
  void tooLongForACellIsAProblemOfThatCell() {
    Column column = column("multilineText", null);
    Value fits = new Value.Text("x".repeat(50_000));
    Value tooLong = new Value.Text("x".repeat(50_001));

    assertThat(column.cellMeans("x".repeat(50_000), fits)).isTrue();
    assertThatThrownBy(() -> column.toCell(tooLong, null))
        .isInstanceOfSatisfying(
            Unreadable.class, e -> assertThat(e.kind()).isEqualTo(Kind.TOO_LONG_FOR_CELL));
    assertThatThrownBy(() -> column.ofCell("x".repeat(100_001), null))
        .isInstanceOfSatisfying(
            Unreadable.class, e -> assertThat(e.kind()).isEqualTo(Kind.TOO_LONG_FOR_FIELD));
  }

  @Test
  void aBaseOfAnotherTypeIsNoBase() {
    Snapshot snapshot = Snapshot.of(Map.of("fld", new Value.Text("12")));

    assertThat(column("checkbox", null).base(snapshot)).isNull();
    assertThat(column("singleLineText", null).base(snapshot)).isEqualTo(new Value.Text("12"));
    assertThat(column("checkbox", null).base(Snapshot.of(Map.of("fld", Value.EMPTY))))
        .isEqualTo(new Value.Flag(false));
  }
}
