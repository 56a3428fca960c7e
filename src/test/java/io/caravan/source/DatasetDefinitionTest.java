package io.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.caravan.failure.InvalidInputException;
import io.caravan.source.ColumnUse.Origin;
import io.caravan.source.DatasetTable.Searchable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetDefinitionTest {
  private static final String ORDERS =
      """
      # what the shop sells
      name: orders
      data_source_name: shop
      database: shop
      schema: sales
      dimensions:
        - name: " status "
          type: character varying(20)
          searchable: true
          options: [paid, open]
        - {name: id, type: int8, not_null: true}
        - name: customer
          expr: cust_nm
          type: string
          searchable: on
        - name: full_name
          expr: first_name || ' ' || last_name
          type: string
          nullable: true
        - name: created
      measures:
        - {name: amount, type: number, agg: sum}
        - {name: amount, type: number, agg: avg}
        - {name: buyers, type: number, agg: count_distinct}
        - {name: orders_made, type: number, agg: count}
        - name: sum(price * qty)
          type: number
        - {name: margin, type: sum, sql: "${TABLE}.gain"}
        - {name: hard, expr: "{{ cents('amount') }}"}
        - {name: broken, expr: "sum(((x"}
      filters:
        - name: recent
          description: by id, for people
          expr: orders.created > now()
      relationships:
        - name: customers
          from_column: cust_nm
          to_column: id
          type: many_to_one
      metrics:
        - {name: whatever, expr: nothing}
      """;

  private static DatasetTable only(String yml) {
    return DatasetDefinition.parse(yml).tables().getFirst();
  }

  private static List<String> columns(DatasetTable table) {
    return table.columns().stream().map(ColumnUse::column).toList();
  }

  @Test
  void aTableOfOurOwnFormatIsReadWithAllItsColumns() {
    DatasetDefinition definition = DatasetDefinition.parse(ORDERS);

    assertThat(definition.database()).isEqualTo("shop");
    assertThat(definition.schema()).isEqualTo("sales");
    assertThat(definition.tables()).hasSize(1);
    assertThat(definition.tables().getFirst().name()).isEqualTo("orders");
    assertThat(definition.tables().getFirst().columns())
        .extracting(
            ColumnUse::column,
            ColumnUse::type,
            ColumnUse::origin,
            ColumnUse::entry,
            ColumnUse::notNull)
        .containsExactly(
            tuple("status", "character varying(20)", Origin.DIMENSION, "status", null),
            tuple("id", "int8", Origin.DIMENSION, "id", true),
            tuple("cust_nm", "string", Origin.DIMENSION, "customer", null),
            tuple("first_name", null, Origin.DIMENSION, "full_name", false),
            tuple("last_name", null, Origin.DIMENSION, "full_name", false),
            tuple("created", null, Origin.DIMENSION, "created", null),
            tuple("amount", "number", Origin.MEASURE, "amount", null),
            tuple("amount", "number", Origin.MEASURE, "amount", null),
            tuple("buyers", null, Origin.MEASURE, "buyers", null),
            tuple("orders_made", null, Origin.MEASURE, "orders_made", null),
            tuple("price", null, Origin.MEASURE, "sum(price * qty)", null),
            tuple("qty", null, Origin.MEASURE, "sum(price * qty)", null),
            tuple("gain", null, Origin.MEASURE, "margin", null));
  }

  @Test
  void aColumnKnowsItsPlaceAndWhoNeedsIt() {
    List<ColumnUse> columns = only(ORDERS).columns();

    assertThat(columns.getFirst().namePlace()).isEqualTo(new YamlPlace(7, 11));
    assertThat(columns.getFirst().typePlace()).isEqualTo(new YamlPlace(8, 11));
    assertThat(columns.get(2).namePlace()).as("the expression's").isEqualTo(new YamlPlace(13, 11));
    assertThat(columns.get(3).expression()).isEqualTo("first_name || ' ' || last_name");
    assertThat(columns)
        .filteredOn(ColumnUse::searchable)
        .extracting(ColumnUse::column)
        .containsExactly("status", "cust_nm");
    assertThat(columns)
        .filteredOn(ColumnUse::usedInJoinOrFilter)
        .extracting(ColumnUse::column)
        .as("id is the other table's here")
        .containsExactly("cust_nm", "created");
    assertThat(columns)
        .filteredOn(ColumnUse::optional)
        .extracting(ColumnUse::column)
        .as("rows can be counted without a column")
        .containsExactly("orders_made");
  }

  @Test
  void anExpressionThatCannotBeReadIsANoteAndNoMissingColumn() {
    assertThat(only(ORDERS).notes())
        .extracting(DatasetTable.Note::entry, DatasetTable.Note::text, DatasetTable.Note::place)
        .containsExactly(
            tuple(
                "hard",
                "The columns of measures[6] are not known: it holds Jinja.",
                new YamlPlace(29, 24)),
            tuple(
                "broken",
                "The columns of measures[7] are not known: it is no SQL expression.",
                new YamlPlace(30, 26)));
  }

  @Test
  void placesCountAnEmojiOnceAndABomNever() {
    ColumnUse column = only("\uFEFFdimensions: [{d: 🛒🛒, name: a}]").columns().getFirst();

    assertThat(column.namePlace()).isEqualTo(new YamlPlace(1, 28));
  }

  @Test
  void theTableIsTheDatasetsWhenTheYamlNamesNone() {
    String yml = "measures: [{name: m, expr: Orders.a + b.c}]";

    assertThat(only(yml).name()).isNull();
    assertThat(only(yml).columns()).isEmpty();
    DatasetTable table = DatasetDefinition.parse(yml, "orders").tables().getFirst();
    assertThat(table.name()).isEqualTo("orders");
    assertThat(columns(table)).containsExactly("a");
  }

  @Test
  void dbtModelsAndSourcesAreRead() {
    DatasetDefinition definition =
        DatasetDefinition.parse(
            """
            version: 2
            models:
              - name: stg_orders
                config: {schema: staging, alias: orders}
                columns:
                  - name: id
                    data_type: bigint
                    tests: [unique, not_null]
                  - name: status
                    data_type: varchar(20)
                    meta: {searchable: true}
                    data_tests:
                      - not_null: {config: {where: "id > 5"}}
                      - accepted_values: {values: [a, b]}
                  - name: customer_id
                    constraints: [{type: not_null}]
                    data_tests:
                      - relationships: {to: ref('customers'), field: id}
                  - name: city
                    config: {meta: {searchable: true}}
              - name: empty
                schema: "{{ target.schema }}"
            sources:
              - name: crm
                database: raw
                tables:
                  - name: people
                    identifier: tbl_people
                    columns: [{name: mail, data_type: "{{ text }}"}]
            """);

    assertThat(definition.tables())
        .extracting(DatasetTable::name, DatasetTable::database, DatasetTable::schema)
        .containsExactly(
            tuple("orders", null, "staging"),
            tuple("empty", null, null),
            tuple("tbl_people", "raw", "crm"));
    assertThat(definition.schema()).as("they differ").isNull();
    assertThat(definition.tables().getFirst().columns())
        .extracting(
            ColumnUse::column, ColumnUse::type, ColumnUse::notNull, ColumnUse::usedInJoinOrFilter)
        .containsExactly(
            tuple("id", "bigint", true, false),
            tuple("status", "varchar(20)", null, false),
            tuple("customer_id", null, true, true),
            tuple("city", null, null, false));
    assertThat(definition.tables().getFirst().columns())
        .extracting(ColumnUse::origin)
        .containsOnly(Origin.DBT_COLUMN);
    assertThat(definition.tables().getFirst().searchable())
        .containsExactly(new Searchable("status", "varchar(20)"), new Searchable("city", null));
    assertThat(definition.tables().getLast().columns().getFirst().type()).isNull();
  }

  @Test
  void aMergedMapGivesWhatAnEntryDoesNotSay() {
    DatasetTable table =
        only(
            """
            defaults: &text {type: text, searchable: true}
            dimensions:
              - {name: a, <<: *text}
              - {name: b, <<: *text, type: int}
            """);

    assertThat(table.searchable())
        .containsExactly(new Searchable("a", "text"), new Searchable("b", "int"));
  }

  @Test
  void searchableColumnsNeedNoExpressionToBeParsed() {
    DatasetTable table = DatasetDefinition.withoutExpressions(ORDERS, null).tables().getFirst();

    assertThat(table.searchable()).isEqualTo(only(ORDERS).searchable());
    assertThat(columns(table)).contains("cust_nm", "gain").doesNotContain("price");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name: [a                                   | yml: line 1, column 9: no valid YAML: expected ',' or ']'
          a: 1;;b: [;c: d                            | yml: line 4, column
          name: a;name: b                            | yml: line 2, column 1: no valid YAML: the key name stands in line 1 already.
          x: {y: {a: 1, a: 2}}                       | yml: line 1, column 15: no valid YAML: the key a
          - list                                     | yml: line 1, column 1: yml must be a map with name and dimensions at its top.
          just a text                                | yml must be a map
          ''                                         | yml must be a map
          '# nothing'                                | yml must be a map
          a: 1;---;b: 2                              | yml: line 2, column 1: no valid YAML
          dimensions: nope                           | yml: line 1, column 13: dimensions must be a list.
          dimensions: [5]                            | yml: line 1, column 14: dimensions[0] must be a map with a name.
          dimensions:;- type: string                 | yml: line 2, column 3: dimensions[0].name is missing.
          dimensions:;- name: ' '                    | yml: line 2, column 9: dimensions[0].name is missing.
          dimensions: [{name: a}, {name: 5}]         | yml: line 1, column 32: dimensions[1].name must be a text; put it into quotes.
          dimensions: [{name: 2024-01-01}]           | dimensions[0].name must be a text
          dimensions: [{name: [a]}]                  | dimensions[0].name must be a text
          dimensions: [{name: a, type: 5}]           | yml: line 1, column 30: dimensions[0].type must be a text
          dimensions: [{name: a, searchable: maybe}] | dimensions[0].searchable must be true or false.
          dimensions:;- name: a;- name: 'a '         | yml: line 3, column 9: dimensions[1].name a stands in line 2 already.
          measures: [{name: a, expr: 5}]             | measures[0].expr must be a text
          measures: [{name: a, agg: s},{name: a, agg: s}] | measures[1].name a stands in line 1 already.
          name: !!java.net.URL [x]                   | yml: line 1, column 7: no valid YAML: Global tag is not allowed
          name: !mine x                              | yml: line 1, column 7: no valid YAML: unknown tag !mine.
          models: [{columns: []}]                    | yml: line 1, column 10: models[0].name is missing.
          models: [{name: a, columns: [{name: x},{name: x}]}] | models[0].columns[1].name x stands in line 1 already.
          sources: [{name: a, tables: [{name: 5}]}]  | sources[0].tables[0].name must be a text
          name: *nowhere                             | yml: line 1, column 7: no valid YAML
          """)
  void whatIsWrongIsNamedWithItsPlace(String yml, String message) {
    assertThatThrownBy(() -> DatasetDefinition.parse(yml.replace(";", "\n")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aCharacterThatYamlForbidsIsNamedWithItsPlace() {
    assertThatThrownBy(() -> DatasetDefinition.parse("name: a\nschema: b🛒\u0001"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("yml: line 2, column 11: no valid YAML: a character that YAML does not allow.");
    assertThatThrownBy(() -> DatasetDefinition.parse("# " + "🛒 ".repeat(5_000) + "\n\u0001"))
        .hasMessageStartingWith("yml: line 2, column 1: no valid YAML");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Status", "STATUS"})
  void namesThatDifferInCaseAreTwoColumns(String other) {
    assertThat(columns(only("dimensions: [{name: status}, {name: " + other + "}]")))
        .containsExactly("status", other);
  }

  @Test
  void aliasesAndDepthAreBounded() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 60; i++) {
      laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThatThrownBy(() -> DatasetDefinition.parse(laughs.toString()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("yml: line 27, column")
        .hasMessageContaining("aliases");
    assertThatThrownBy(() -> DatasetDefinition.parse("a: " + "[".repeat(1_000)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("yml: line 1, column 5")
        .hasMessageContaining("Depth");
    assertThatThrownBy(() -> DatasetDefinition.parse("a: " + "[".repeat(51) + "@"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("yml: line 1, column 5");
    assertThatThrownBy(() -> DatasetDefinition.parse("a: " + "{a: ".repeat(1_000)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Depth");
    assertThatThrownBy(() -> DatasetDefinition.parse("a".repeat(50_000_000)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("1000000");
  }

  @Test
  void fewLaughsInEveryPlaceThatIsWalkedAreNoDanger() {
    StringBuilder laughs = new StringBuilder("name: t\nfilters:\n  - &a0 [x]\n");
    for (int i = 1; i < 25; i++) {
      laughs.append("  - &a%d [*a%d, *a%d]\n".formatted(i, i - 1, i - 1));
    }
    laughs.append("dimensions: [{name: x}]\n");

    assertThat(only(laughs.toString()).columns().getFirst().usedInJoinOrFilter()).isTrue();
  }

  @Test
  void aMapThatHoldsItselfIsNoDanger() {
    assertThat(columns(only("a: &a {b: *a}\ndimensions: [&d {name: x, <<: *d}]")))
        .containsExactly("x");
  }

  @Test
  void columnsThatAliasesMultiplyAreBounded() {
    StringBuilder yml = new StringBuilder("models:\n  - {name: m, columns: &c [{name: c0}");
    for (int i = 1; i < 2_000; i++) {
      yml.append(", {name: c").append(i).append('}');
    }
    yml.append("]}\n");
    for (int i = 0; i < 40; i++) {
      yml.append("  - {name: m").append(i).append(", columns: *c}\n");
    }

    assertThatThrownBy(() -> DatasetDefinition.parse(yml.toString()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("50000 columns");
  }

  @Test
  void noTextMakesItFailInAnotherWay() {
    for (int cut = 0; cut < ORDERS.length(); cut += 2) {
      String yml = ORDERS.substring(0, cut) + ORDERS.substring(Math.min(ORDERS.length(), cut + 3));
      try {
        DatasetDefinition.withoutExpressions(yml, null);
      } catch (InvalidInputException e) {
        assertThat(e).hasMessageMatching("(?s)yml: line \\d+, column \\d+: .*");
      }
    }
  }
}
