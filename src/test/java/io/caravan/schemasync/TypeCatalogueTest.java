package io.caravan.schemasync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.schemasync.ColumnType.Decimal;
import io.caravan.schemasync.ColumnType.ListOf;
import io.caravan.schemasync.ColumnType.Moment;
import io.caravan.schemasync.ColumnType.Text;
import io.caravan.schemasync.ColumnType.Whole;
import io.caravan.schemasync.ColumnType.Zone;
import io.caravan.schemasync.TypeVerdict.Kind;
import io.caravan.source.Dialect;
import io.caravan.source.SourceType;
import io.caravan.source.ValueKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TypeCatalogueTest {
  private static final Map<String, Vocabulary> VOCABULARIES = Vocabulary.all();

  record Name(SourceType dialect, String name, ColumnType type) {}

  static Stream<Name> names() {
    return Stream.of(SourceType.values())
        .flatMap(
            dialect ->
                VOCABULARIES.get(dialect.apiName()).names().entrySet().stream()
                    .map(entry -> new Name(dialect, entry.getKey(), entry.getValue())));
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyNameOfTheFileMeansItsOwnTypeInItsDialect(Name name) {
    TypeCatalogue catalogue = TypeCatalogue.of(name.dialect);

    assertThat(catalogue.actual(name.name, null).types().getFirst()).isEqualTo(name.type);
    assertThat(catalogue.expected(name.name).types().getFirst()).isEqualTo(name.type);
    assertThat(TypeComparison.compare(name.dialect, name.name, name.name).kind())
        .isEqualTo(Kind.SAME);
    assertThat(
            TypeComparison.compare(name.dialect, name.name, name.name.toUpperCase(Locale.ROOT))
                .kind())
        .isEqualTo(Kind.SAME);
  }

  @Test
  void theFileHasAllVendorsAndTheGenericNames() {
    assertThat(VOCABULARIES.keySet())
        .containsExactlyInAnyOrder(
            Stream.concat(
                    Stream.of("generic"), Stream.of(SourceType.values()).map(SourceType::apiName))
                .toArray(String[]::new));
  }

  @Test
  void noNameStandsTwiceForOneVendor() {
    Map<String, List<String>> section =
        Map.of("text", List.of("varchar", "note"), "json", List.of("note"));

    assertThatThrownBy(() -> Vocabulary.of(section))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("note twice");
  }

  @ParameterizedTest
  @EnumSource(SourceType.class)
  void everyGenericNameAsksForSomething(SourceType dialect) {
    for (String name : VOCABULARIES.get("generic").names().keySet()) {
      assertThat(TypeCatalogue.of(dialect).expected(name).known()).as(name).isTrue();
    }
  }

  /** What Caravan can search, it can compare. */
  @ParameterizedTest
  @MethodSource("names")
  void theDialectsAndTheFileAgreeOnTheKindOfValues(Name name) {
    ValueKind kind = Dialect.of(name.dialect).kindOf(name.name);

    switch (name.type) {
      case ColumnType.Binary _, ColumnType.Struct _, ColumnType.MapOf _ ->
          assertThat(kind).isEqualTo(ValueKind.UNSEARCHABLE);
      case ColumnType.Text _ -> assertThat(kind).isIn(ValueKind.TEXT, ValueKind.UNSEARCHABLE);
      case ColumnType.Whole _, ColumnType.Decimal _, ColumnType.Floating _ ->
          assertThat(kind).isIn(ValueKind.NUMBER, ValueKind.UNSEARCHABLE);
      case Moment moment ->
          assertThat(kind)
              .isIn(
                  moment.withDate() ? ValueKind.TIMESTAMP : ValueKind.TIME, ValueKind.UNSEARCHABLE);
      default -> assertThat(kind).isNotNull();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "VARCHAR ( 50 )            | varchar(50)",
        "timestamp(3) without time zone | timestamp without time zone(3)",
        "int(11) unsigned zerofill | int(11) unsigned",
        "varchar(64) character set utf8mb4 collate utf8mb4_bin | varchar(64)",
        "int identity(1,1)         | int(1,1)",
        "string comment 'it is'    | string",
        "INTEGER ARRAY[3]          | integer[3]",
        "[dbo].[flag]              | dbo.flag",
        "decimal(10, 2) not null   | decimal(10,2)",
        "array<struct<a int>>      | array(struct<a int>)"
      })
  void takesASpellingApart(String spelling, String plain) {
    assertThat(Spelling.of(spelling).plain()).isEqualTo(plain);
  }

  @Test
  void aLiveTypeHasTheVendorsMeaningOnly() {
    assertThat(live(SourceType.SQLSERVER, "timestamp")).containsExactly(new ColumnType.Binary(8L));
    assertThat(live(SourceType.SNOWFLAKE, "INT")).containsExactly(new Decimal(38L, 0L));
    assertThat(live(SourceType.BIGQUERY, "NUMERIC")).containsExactly(new Decimal(38L, 9L));
    assertThat(live(SourceType.MYSQL, "int(10) unsigned")).containsExactly(new Whole(32, true));
    assertThat(live(SourceType.DATABRICKS, "timestamp"))
        .containsExactly(new Moment(true, Zone.WITH, 6L));
    assertThat(live(SourceType.SNOWFLAKE, "TIMESTAMP"))
        .containsExactly(new Moment(true, Zone.WITHOUT, 9L));
  }

  @Test
  void arraysOfDuckDbAreAsDeepAndLongAsTheyAreSpelled() {
    ColumnType outer = live(SourceType.DUCKDB, "INTEGER[3][]").iterator().next();

    assertThat(outer)
        .isInstanceOfSatisfying(
            ListOf.class,
            list -> {
              assertThat(list.size()).isNull();
              assertThat(list.element().types())
                  .singleElement()
                  .isInstanceOfSatisfying(
                      ListOf.class, inner -> assertThat(inner.size()).isEqualTo(3));
            });
  }

  @Test
  void aNameOfAnotherVendorIsUnderstoodInAYaml() {
    assertThat(TypeCatalogue.of(SourceType.BIGQUERY).expected("mediumtext").types())
        .containsExactly(new Text(16_777_215L));
  }

  private static Set<ColumnType> live(SourceType dialect, String spelling) {
    return Set.copyOf(TypeCatalogue.of(dialect).actual(spelling, null).types());
  }
}
