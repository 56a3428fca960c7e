package io.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.failure.InvalidInputException;
import io.caravan.source.DatasetPatch.Patched;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetPatchTest {
  private static final String ORDERS =
      """
      # 🛒 what the shop sells
      name:   orders
      dimensions:   # filtered by people

        # how far it is
        - name: status   # one of three
          type: 'string'
          options: [paid, open]

        - type: "number"
          name: "id"
        # the last one
        # of the list
        - {name: city, type: text}
      measures:
        - name: amount
          agg: sum
        - {name: share, expr: "status = 'amount' || amount / \\"amount\\""}
        - name: sum(amount * 2)
          description: |
            # all of the amount
      """;

  private static String rename(String yml, String from, String to) {
    return DatasetPatch.rename(yml, null, from, to).yml();
  }

  private static String remove(String yml, String column) {
    return DatasetPatch.remove(yml, null, column).yml();
  }

  private static String changeType(String yml, String column, String type) {
    return DatasetPatch.changeType(yml, null, column, type).yml();
  }

  @Test
  void aRenameChangesTheNameInItsEntryAndInExpressions() {
    Patched patched = DatasetPatch.rename(ORDERS, "Orders", "amount", "total");

    assertThat(patched.yml())
        .isEqualTo(
            ORDERS
                .replace("- name: amount", "- name: total")
                .replace("'amount' || amount / \\\"amount\\\"", "'amount' || total / \\\"total\\\"")
                .replace("sum(amount * 2)", "sum(total * 2)"));
    assertThat(patched.difference())
        .isEqualTo(
            """
            @@ line 16 @@
            -   - name: amount
            +   - name: total
            @@ line 18 @@
            -   - {name: share, expr: "status = 'amount' || amount / \\"amount\\""}
            +   - {name: share, expr: "status = 'amount' || total / \\"total\\""}
            @@ line 19 @@
            -   - name: sum(amount * 2)
            +   - name: sum(total * 2)\
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          {name: a}                 | state      | {name: state}
          {name: a}                 | a, b       | {name: 'a, b'}
          {name: a}                 | it's       | {name: it's}
          {name: a}                 | 'tis       | {name: '''tis'}
          {name: a}                 | a: b       | {name: 'a: b'}
          {name: a}                 | a #b       | {name: 'a #b'}
          {name: a}                 | 5          | {name: '5'}
          {name: a}                 | yes        | {name: 'yes'}
          {name: a}                 | null       | {name: 'null'}
          {name: a}                 | größe 🛒   | {name: größe 🛒}
          {name: 'a'}               | it's       | {name: 'it''s'}
          {name: "a"}               | say "x\\"  | {name: "say \\"x\\\\\\""}
          {name: ' a ', type: x}    | b          | {name: 'b', type: x}
          {d: 🛒🛒, name: a}        | b          | {d: 🛒🛒, name: b}
          {name: A}                 | b          | {name: b}
          {name: x, expr: a}        | b          | {name: x, expr: b}
          {name: a, expr: a}        | b          | {name: a, expr: b}
          {name: x, expr: t.a+u.a}  | b          | {name: x, expr: t.b+u.a}
          {name: x, sql: "${TABLE}.a"} | b       | {name: x, sql: "${TABLE}.b"}
          {name: x, expr: a(a) + aa + a.c} | b   | {name: x, expr: a(b) + aa + a.c}
          {name: x, expr: '`a` + 1'} | B c       | {name: x, expr: '`B c` + 1'}
          {name: x, expr: 'a = ''a'' or A = 2'} | b | {name: x, expr: 'b = ''a'' or b = 2'}
          """)
  void aRenameKeepsTheQuotesAndAddsThemWhereYamlNeedsThem(String entry, String to, String after) {
    String yml = "name: t\nmeasures: [ {name: z,agg: s} ,%s]  # end";

    assertThat(rename(yml.formatted(entry), "a", to)).isEqualTo(yml.formatted(after));
  }

  @Test
  void inBlockStyleACommaNeedsNoQuotes() {
    assertThat(changeType("dimensions:\n- name: a\n  type: x # y", "a", "numeric(10, 2)"))
        .isEqualTo("dimensions:\n- name: a\n  type: numeric(10, 2) # y");
    assertThat(changeType("dimensions: [{name: a, type: x}]", "a", "numeric(10, 2)"))
        .isEqualTo("dimensions: [{name: a, type: 'numeric(10, 2)'}]");
  }

  @Test
  void expressionsOverSeveralLinesAreRenamedInPlace() {
    String yml =
        """
        measures:
          - name: x
            expr: | # a
              sum(a) -- a
              + max(a)
          - name: y
            expr: >-
              sum(a)

              + 'a'
          - name: z
            sql: sum(a
              + b)
        """;

    assertThat(rename(yml, "a", "c"))
        .isEqualTo(yml.replace("sum(a", "sum(c").replace("max(a", "max(c"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          measures: [{name: x, expr: sum(a)}]                 | Order Id  | cannot be changed safely
          measures: [{name: x, expr: sum(a)}]                 | OrderId   | cannot be changed safely
          measures: [{name: x, expr: sum(a)}]                 | user      | cannot be changed safely
          measures: [{name: x, expr: '"a" + 1'}]              | say "x"   | cannot be changed safely
          dimensions: [{name: a}, {name: b}]                  | b         | stands in line 1 already
          dimensions: [{name: a}, {name: x, sql: "${a} + 1"}] | b         | refers to a
          dimensions: [{name: &n a, label: *n}]               | b         | edit it by hand
          x: &e {name: a};dimensions: [*e]                  | b         | an alias uses this in several places
          dimensions: [{name: c}]                             | b         | no column a
          dimensions: [{name: a}]                             | ^ b^      | The new name must be a text
          dimensions: [{name: a}]                             | ^^        | The new name must be a text
          measures: [{name: x, expr: "{{ a }}"}]              | b         | no column a
          dimensions:;- name: >-;    a                        | b         | cannot be changed safely
          """)
  void whatIsNotSafeIsLeftToPeople(String yml, String to, String message) {
    assertThatThrownBy(() -> DatasetPatch.rename(yml.replace(";", "\n"), null, "a", to))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aColumnWhoseNameIsAWordOfSqlIsNotGuessedAt() {
    assertThatThrownBy(() -> rename("measures: [{name: x, expr: cast(date as date)}]", "date", "b"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("edit it by hand");
  }

  @Test
  void aTypeIsChangedInItsPlace() {
    assertThat(changeType(ORDERS, "STATUS", "varchar(20)"))
        .isEqualTo(ORDERS.replace("'string'", "'varchar(20)'"));
    assertThat(DatasetPatch.changeType(ORDERS, null, "id", "int8").difference())
        .isEqualTo("@@ line 10 @@\n-   - type: \"number\"\n+   - type: \"int8\"");
    assertThatThrownBy(() -> changeType(ORDERS, "amount", "int8"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no column amount that can be changed so");
  }

  @Test
  void aRemovedEntryTakesItsCommentsWithIt() {
    Patched patched = DatasetPatch.remove(ORDERS, "orders", "city");

    assertThat(patched.yml())
        .isEqualTo(
            ORDERS.replace(
                "  # the last one\n  # of the list\n  - {name: city, type: text}\n", ""));
    assertThat(patched.difference())
        .isEqualTo(
            """
            @@ line 12 @@
            -   # the last one
            -   # of the list
            -   - {name: city, type: text}\
            """);
    assertThat(remove(ORDERS, "id"))
        .isEqualTo(ORDERS.replace("  - type: \"number\"\n    name: \"id\"\n", ""));
  }

  @Test
  void aColumnThatAnExpressionNeedsIsNotRemoved() {
    assertThatThrownBy(() -> remove(ORDERS, "amount"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "yml: line 18, column 25: the expression of measures[1] uses amount");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dimensions: [{name: a}, {name: b}]          | dimensions: [{name: b}]
          dimensions: [{name: b}, {name: a}]          | dimensions: [{name: b}]
          dimensions: [{name: b}, {name: a},]         | dimensions: [{name: b},]
          dimensions: [{name: b},{name: a},{name: c}] | dimensions: [{name: b},{name: c}]
          dimensions: [ {name: a} ]                   | dimensions: [ ]
          dimensions: [{name: a},]                    | dimensions: []
          dimensions: [;  # a;  {name: a}, # a;  {name: b};] | dimensions: [;  {name: b};]
          dimensions: [;  {name: b}, # b;  # a;  {name: a};] | dimensions: [;  {name: b}, # b;]
          dimensions: [;  {name: b};  , {name: a};]   | dimensions: [;  {name: b};]
          dimensions: [;  {name: a,;  type: x},;  {name: b};] | dimensions: [;  {name: b};]
          dimensions:;- name: a;x: 1                  | dimensions:;x: 1
          dimensions:;- name: b;- name: a             | dimensions:;- name: b;
          dimensions:;- name: a;  d: 'x;y';;- name: b | dimensions:;;- name: b
          dimensions:;- name: a;  o: [x,; y];- name: b | dimensions:;- name: b
          dimensions:;- name: b;  # of b;- name: a    | dimensions:;- name: b;  # of b;
          dimensions:;- name: a;  # of a;# of b;- name: b | dimensions:;# of b;- name: b
          dimensions:;-;  name: a;- name: b           | dimensions:;- name: b
          dimensions:;- &x;  name: a;- name: b        | dimensions:;- name: b
          """)
  void anEntryGoesWithoutATrace(String before, String after) {
    assertThat(remove(before.replace(";", "\n"), "a")).isEqualTo(after.replace(";", "\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dimensions: [{name: b}, # b;  {name: a}]",
        "x: &e {name: a};dimensions: [*e]",
        "dimensions:;- &e {name: a};other: *e"
      })
  void anEntryThatIsTiedToOthersStays(String yml) {
    assertThatThrownBy(() -> remove(yml.replace(";", "\n"), "a"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("by hand");
  }

  @Test
  void ofSeveralTablesTheNamedOneIsChanged() {
    String yml =
        """
        models:
          - name: a
            columns: [{name: id, data_type: int}]
          - name: b
            columns:
              - name: id
                data_type: int
                tests: [not_null]
        """;

    assertThat(DatasetPatch.changeType(yml, "B", "id", "text").yml())
        .isEqualTo(yml.replace("        data_type: int", "        data_type: text"));
    assertThat(DatasetPatch.rename(yml, "a", "id", "key").yml())
        .isEqualTo(yml.replace("{name: id", "{name: key"));
    for (String table : Arrays.asList(null, "c")) {
      assertThatThrownBy(() -> DatasetPatch.rename(yml, table, "id", "key"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("edit it by hand");
    }
  }

  @Test
  void aLongDifferenceIsCut() {
    StringBuilder yml = new StringBuilder("dimensions:\n- name: a\n  options:\n");
    for (int i = 0; i < 100; i++) {
      yml.append("  - option ").append("x".repeat(500)).append(i).append('\n');
    }

    String difference = DatasetPatch.remove(yml.toString(), null, "a").difference();

    assertThat(difference.lines()).hasSize(21).allMatch(line -> line.length() < 170);
    assertThat(difference).endsWith("… and more");
  }

  @Test
  void aliasesThatMultiplyOrEndInThemselvesAreNoDanger() {
    StringBuilder laughs = new StringBuilder("dimensions: [{name: a}]\nx0: &a0 [x]\n");
    for (int i = 1; i < 25; i++) {
      laughs.append("x%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    for (String yml : List.of(laughs.toString(), "dimensions: [{name: a}]\nx: &x {y: *x}")) {
      assertThatThrownBy(() -> rename(yml, "a", "b"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("aliases make the document endless");
    }
  }

  @Test
  void aLargeFileIsChangedInReasonableTime() {
    StringBuilder yml = new StringBuilder("# 🛒\nname: t\ndimensions:\n");
    for (int i = 0; i < 5_000; i++) {
      yml.append("  - {name: d").append(i).append(", type: text, d: [🛒]}\n");
    }
    String large = yml.toString();
    long started = System.nanoTime();

    assertThat(remove(large, "d4999"))
        .isEqualTo(large.replace("  - {name: d4999, type: text, d: [🛒]}\n", ""));

    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(20));
  }

  /** Files of all forms: line ends, indentation, marks at the start, no end. */
  static Stream<String> files() {
    StringBuilder yml = new StringBuilder("# 🛒🛒 Ünïcode\nname: t\nschema: s\ndimensions:\n");
    for (int i = 0; i < 24; i++) {
      String entry =
          switch (i % 6) {
            case 0 -> "\n  # about 🛒 %1$d\n  - name: d%1$d   # why\n    type: string\n";
            case 1 -> "  - {type: 'string', name: 'd%1$d', searchable: true}\n";
            case 2 -> "  - description: |\n      - name: x\n\n      # no\n    name: \"d%1$d\"\n";
            case 3 -> "  -   name: d%1$d\n      type:   varchar(10)   \n      # inner\n";
            case 4 -> "  - options: [\n a, 'b # c'\n ]\n    name: d%1$d\n    type: \"x\"\n\n";
            default -> "  -\n    name: d%1$d\n    description: >\n      folded\n\n      🛒\n";
          };
      yml.append(entry.formatted(i));
    }
    String block = yml.append("# all\nfilters: []\n").toString();
    String json = "{\"name\": \"t\", \"dimensions\": [{\"name\": \"d0\"}, {\"name\": \"d1\"}]}";
    return Stream.of(
        block,
        block.replace("\n", "\r\n"),
        "\uFEFF" + block,
        block.replace("\n  ", "\n").strip(),
        block.substring(0, block.indexOf("# all")).stripTrailing(),
        json);
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyOtherLineStaysByteForByte(String yml) {
    List<String> lines = yml.lines().toList();
    for (ColumnUse column : DatasetDefinition.parse(yml).tables().getFirst().columns()) {
      String name = column.column();

      List<String> renamed = lines(rename(yml, name, "new_name"));
      List<String> expected = new ArrayList<>(lines);
      expected.replaceAll(line -> line.replaceAll("\\b" + name + "\\b", "new_name"));
      assertThat(renamed).as(name).isEqualTo(expected);

      if (column.typePlace() != null) {
        List<String> typed = lines(changeType(yml, name, "new_type"));
        int line = column.typePlace().line() - 1;
        assertThat(typed.get(line)).isNotEqualTo(lines.get(line)).contains("new_type");
        typed.set(line, lines.get(line));
        assertThat(typed).as(name).isEqualTo(lines);
      }

      String removed = remove(yml, name);
      assertThat(removed).doesNotContainPattern("\\b" + name + "\\b");
      assertThat(DatasetDefinition.parse(removed).tables().getFirst().columns())
          .extracting(ColumnUse::column)
          .hasSameSizeAs(
              DatasetDefinition.parse(yml).tables().getFirst().columns().stream().skip(1).toList())
          .doesNotContain(name);
      if (lines.size() > 1) {
        assertThat(isSubsequence(lines(removed), lines)).as(name).isTrue();
      }
      assertThat(removed.startsWith("\uFEFF")).isEqualTo(yml.startsWith("\uFEFF"));
      assertThat(removed.contains("\r\n")).isEqualTo(yml.contains("\r\n"));
    }
  }

  private static List<String> lines(String text) {
    return new ArrayList<>(text.lines().toList());
  }

  private static boolean isSubsequence(List<String> some, List<String> all) {
    int found = 0;
    for (String line : all) {
      if (found < some.size() && some.get(found).equals(line)) {
        found++;
      }
    }
    return found == some.size();
  }
}
