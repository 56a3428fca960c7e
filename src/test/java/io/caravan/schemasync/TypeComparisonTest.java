package io.caravan.schemasync;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.schemasync.TypeVerdict.Kind;
import io.caravan.source.SourceType;
import io.caravan.source.ValueKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TypeComparisonTest {
  private static final Path PAIRS = Path.of("src/test/resources/schemasync/type-pairs.csv");

  record Pair(SourceType dialect, String expected, String actual, Kind kind) {}

  static Stream<Pair> pairs() {
    try {
      return Files.readAllLines(PAIRS).stream()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split(" \\| "))
          .map(
              part ->
                  new Pair(SourceType.ofApiName(part[0]), part[1], part[2], Kind.valueOf(part[3])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void tellsWhatTheLiveTypeCanHold(Pair pair) {
    TypeVerdict verdict = TypeComparison.compare(pair.dialect, pair.expected, pair.actual);

    assertThat(verdict.kind()).as(verdict.explanation()).isEqualTo(pair.kind);
    assertThat(verdict.explanation())
        .startsWith("The YAML says %s, the database has %s: ".formatted(pair.expected, pair.actual))
        .endsWith(".");
  }

  @Test
  void theMatrixIsLargeAndHasNoPairTwice() {
    List<Pair> pairs = pairs().toList();
    Map<Kind, Long> kinds = pairs.stream().collect(groupingBy(Pair::kind, counting()));

    assertThat(new HashSet<>(pairs)).hasSameSizeAs(pairs);
    assertThat(kinds.get(Kind.SAME)).isGreaterThanOrEqualTo(220);
    assertThat(kinds.get(Kind.NARROWING) + kinds.get(Kind.INCOMPATIBLE)).isGreaterThanOrEqualTo(60);
    for (Kind kind : EnumSet.of(Kind.SAME, Kind.NARROWING, Kind.INCOMPATIBLE)) {
      assertThat(pairs.stream().filter(pair -> pair.kind == kind).map(Pair::dialect))
          .as(kind.name())
          .contains(SourceType.values());
    }
  }

  @Test
  void theSentenceSaysWhatIsLost() {
    assertThat(explained("varchar(100)", "character varying(50)"))
        .isEqualTo(
            "The YAML says varchar(100), the database has character varying(50):"
                + " texts longer than 50 characters no longer fit.");
    assertThat(explained("bigint", "integer"))
        .endsWith(": numbers above 2147483647 no longer fit.");
    assertThat(explained("numeric(10,2)", "numeric(8,2)"))
        .endsWith(": numbers of more than 6 digits before the point no longer fit.");
    assertThat(explained("numeric(10,2)", "numeric(10,0)"))
        .endsWith(": it keeps only 0 digits after the point.");
    assertThat(explained("timestamp", "date")).endsWith(": the time of day no longer fits.");
    assertThat(explained("integer", "text"))
        .endsWith(": whole numbers and text are different kinds of values.");
    assertThat(explained("bigint[]", "integer[]"))
        .endsWith(": of its elements, numbers above 2147483647 no longer fit.");
    assertThat(explained("mood", "text"))
        .endsWith(": nobody here knows the type mood, so the two cannot be compared.");
  }

  @ParameterizedTest
  @CsvSource({
    "string, ENUM, SAME",
    "text, TEXT, SAME",
    "integer, TEXT, INCOMPATIBLE",
    "integer, NUMBER, SAME",
    "time, TIME, SAME",
    "interval, TIME, SAME",
    "timestamp, DATE, NARROWING",
    "text[], ARRAY, WIDENING",
    "boolean, BOOLEAN, SAME",
    "uuid, UUID, SAME",
    "datetime, TIMESTAMP, SAME",
    "text, UNSEARCHABLE, UNKNOWN"
  })
  void theKindOfValuesHelpsWithTypesOfTheCustomer(String expected, ValueKind kind, Kind verdict) {
    assertThat(TypeComparison.compare(SourceType.POSTGRESQL, expected, "sales.mood", kind).kind())
        .isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "true, true, SAME",
    "true, false, SAME",
    "false, false, SAME",
    "false, true, WIDENING",
    ", true, SAME",
    ", false, SAME"
  })
  void onlyAMissingGuaranteeOfValuesIsWorthAWord(Boolean expected, boolean actual, Kind kind) {
    TypeVerdict verdict = TypeComparison.compareNullable(expected, actual);

    assertThat(verdict.kind()).isEqualTo(kind);
    assertThat(verdict.explanation()).endsWith(".");
  }

  @ParameterizedTest
  @EnumSource(SourceType.class)
  void noGarbageThrowsNorCountsAsClean(SourceType dialect) {
    List<String> garbage =
        Arrays.asList(
            null,
            "",
            "   ",
            "\t\n",
            "(",
            ")",
            "((((",
            "varchar(",
            "varchar)",
            "array<",
            "array<>>",
            "<>",
            "[",
            "]",
            "[]",
            "[3",
            "text[x]",
            "text[99999999999]",
            "'",
            "enum('a",
            "\"",
            "``",
            ",",
            ".",
            "..",
            "_",
            "a.b.c.d",
            "\0",
            "var\u0000char",
            "x".repeat(10_000),
            "array<".repeat(2_000),
            "array<".repeat(2_000) + "int" + ">".repeat(2_000),
            "int" + "[]".repeat(5_000),
            "_".repeat(10_000) + "int",
            "(".repeat(10_000),
            "unsigned unsigned",
            "collate",
            "character set",
            "not null",
            "decimal(,)",
            "decimal(99999999999999999999)",
            "struct<,>",
            "struct<a>",
            "struct<\"a>",
            "map<int>",
            "int" + " ".repeat(10_000) + "x",
            "struct<" + "a int,".repeat(2_000) + "b int>",
            "x".repeat(Spelling.LONGEST + 1));
    for (String one : garbage) {
      for (String other : Arrays.asList(null, "", "varchar(20)", "struct<a int>", one)) {
        assertThat(TypeComparison.compare(dialect, one, other).explanation())
            .hasSizeLessThan(1_500);
        assertThat(TypeComparison.compare(dialect, other, one).explanation())
            .doesNotContainPattern("\\p{Cntrl}");
      }
    }
    assertThat(TypeComparison.compare(dialect, null, "varchar(20)").kind()).isEqualTo(Kind.UNKNOWN);
    assertThat(TypeComparison.compare(dialect, "varchar(", "varchar(20)").kind())
        .isEqualTo(Kind.UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource(SourceType.class)
  void noMixtureOfTypesThrows(SourceType dialect) {
    List<String> pieces =
        List.of(
            "int",
            "varchar",
            "(",
            ")",
            "<",
            ">",
            "[",
            "]",
            ",",
            "10",
            " ",
            "unsigned",
            "array",
            "struct",
            "map",
            "'a'",
            "\"b\"",
            ".",
            "max",
            "enum",
            "timestamp",
            "_",
            "é",
            "\n");
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      String expected = mixture(random, pieces);
      String actual = mixture(random, pieces);

      assertThat(TypeComparison.compare(dialect, expected, actual).kind()).isNotNull();
      assertThat(TypeComparison.compare(dialect, expected, expected).kind())
          .isIn(Kind.SAME, Kind.UNKNOWN);
    }
  }

  private static String mixture(Random random, List<String> pieces) {
    StringBuilder mixture = new StringBuilder();
    for (int i = random.nextInt(9); i >= 0; i--) {
      mixture.append(pieces.get(random.nextInt(pieces.size())));
    }
    return mixture.toString();
  }

  private static String explained(String expected, String actual) {
    return TypeComparison.compare(SourceType.POSTGRESQL, expected, actual).explanation();
  }
}
