package io.caravan.valuesync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.NotFoundException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchableColumnsTest {
  private static final Caravans CARAVAN = new Caravans();
  private final SearchableColumns columns = CARAVAN.columns;
  private final UUID source = CARAVAN.dataSource();

  @AfterAll
  static void close() {
    CARAVAN.close();
  }

  private static SearchableColumn city(String name) {
    return Caravans.column("city", name);
  }

  private List<String> names() {
    return columns.list(source).stream().map(SearchableColumnState::columnName).toList();
  }

  @Test
  void listsWhatWasPut() {
    columns.replace(
        source, List.of(new SearchableColumn("shop", "public", "city", "name", "varchar(40)", 7)));

    assertThat(columns.list(source))
        .singleElement()
        .satisfies(c -> assertThat(c.id()).isNotNull())
        .usingRecursiveComparison()
        .ignoringFields("id")
        .isEqualTo(
            new SearchableColumnState(
                "shop",
                "public",
                "city",
                "name",
                "varchar(40)",
                7,
                null,
                "api",
                null,
                null,
                0,
                false,
                null));
  }

  @Test
  void keepsIdAndValuesOfColumnsThatStay() {
    UUID id = columns.replace(source, List.of(city("name"), city("region"))).getFirst().id();
    List<ValueCount> values = List.of(new ValueCount("Ulm", 1));
    CARAVAN.stored.replace(id, values, Caravans.complete(values));

    var after = columns.replace(source, List.of(city("country"), city("name")));

    assertThat(names()).containsExactly("country", "name");
    assertThat(after.get(1)).extracting("id", "storedValuesCount").containsExactly(id, 1L);
    assertThat(CARAVAN.search.search(source, "public", "city", "name", "ulm", 10).values())
        .hasSize(1);
  }

  @Test
  void columnsThatGoAreNotSearchableAndComeBackWithTheirValues() {
    UUID id = columns.replace(source, List.of(city("name"))).getFirst().id();
    List<ValueCount> values = List.of(new ValueCount("Ulm", 1));
    CARAVAN.stored.replace(id, values, Caravans.complete(values));

    columns.replace(source, List.of());
    assertThat(CARAVAN.search.search(source, null, null, null, "ulm", 10).values()).isEmpty();
    assertThat(columns.forSync(source, null, null, null)).isEmpty();
    assertThatThrownBy(() -> CARAVAN.stored.replace(id, values, Caravans.complete(values)))
        .isInstanceOf(NotFoundException.class);

    columns.replace(source, List.of(city("name")));
    assertThat(CARAVAN.search.search(source, null, null, null, "ulm", 10).values()).hasSize(1);
  }

  @Test
  void purgeForgetsColumnsThatWentLongAgo() {
    columns.replace(source, List.of(city("name")));
    columns.replace(source, List.of());
    CARAVAN
        .jdbc
        .sql(
            "update valuesync.searchable_column set deleted_at = now() - interval '8 days' where"
                + " data_source_id = ?")
        .param(source)
        .update();

    CARAVAN.stored.purge();

    assertThat(
            CARAVAN
                .jdbc
                .sql("select count(*) from valuesync.searchable_column where data_source_id = ?")
                .param(source)
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void refusesEntriesThatCannotBeMeantAndChangesNothing() {
    columns.replace(source, List.of(city("name")));

    refused(
        "Entry 2: tableName is missing or blank",
        city("x"),
        new SearchableColumn("d", "s", " ", "c", null, null));
    refused(
        "Entry 1: databaseName is missing", new SearchableColumn(null, "s", "t", "c", null, null));
    refused("Entry 1: columnName has 256 characters", city("x".repeat(256)));
    refused(
        "Entry 1: the four names together",
        new SearchableColumn(
            "東".repeat(250), "京".repeat(250), "都".repeat(250), "駅".repeat(250), null, null));
    refused("Entry 1: columnName holds a control character", city("a\0b"));
    refused("Entry 3 names shop.public.city.a a second time", city("a"), city("b"), city("a"));
    refused(
        "Entry 1 (shop.public.t.c): maxValues is 0",
        new SearchableColumn("shop", "public", "t", "c", null, 0));
    refused(
        "maxValues is 1000001", new SearchableColumn("shop", "public", "t", "c", null, 1_000_001));
    assertThatThrownBy(() -> columns.replace(source, Collections.singletonList(null)))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> columns.replace(source, null))
        .isInstanceOf(InvalidInputException.class);

    assertThat(names()).containsExactly("name");
  }

  private void refused(String message, SearchableColumn... list) {
    assertThatThrownBy(() -> columns.replace(source, List.of(list)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "userPassword",
        "PASSWD",
        "api_token",
        "apiToken",
        "access-token",
        "client_secret",
        "SSN",
        "iban",
        "cardNumber",
        "credit_card_no",
        "cvv",
        "privateKey",
        "passport_no",
        "tax_id",
        "pin"
      })
  void refusesColumnsThatLookLikeSecrets(String name) {
    assertThatThrownBy(() -> columns.replace(source, List.of(city("name"), city(name))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Entry 2: shop.public.city." + name)
        .hasMessageContaining("caravan.valuesync.denied-columns");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "email",
        "secretary",
        "shipping",
        "opinion",
        "caribana",
        "tokenized",
        "passenger",
        "classname",
        "spin",
        "discard_note"
      })
  void acceptsNamesThatOnlyResembleSecrets(String name) {
    columns.replace(source, List.of(city(name)));

    assertThat(names()).containsExactly(name);
  }

  @Test
  void columnsOfDatasetsAndOfTheApiAreTwoLists() {
    columns.replace(source, List.of(city("a"), city("both")));

    List<String> refused =
        columns.mergeFromDatasets(
            source,
            List.of(
                new SearchableColumn("shop", "public", "city", "both", "int", 5),
                city("c"),
                city("password")));

    assertThat(refused)
        .singleElement()
        .asString()
        .contains("city.password", "caravan.valuesync.denied-columns");
    assertThat(columns.list(source))
        .extracting(c -> c.columnName() + " " + c.origin() + " " + c.maxValues())
        .containsExactly("a api 1000", "both api 1000", "c dataset 1000");

    columns.replace(source, List.of(city("a")));
    assertThat(names()).containsExactly("a", "c");
    columns.mergeFromDatasets(source, List.of());
    assertThat(names()).containsExactly("a");
  }

  @Test
  void plansOnlyColumnsOfSourcesThatAreReady() {
    columns.replace(source, List.of(city("name"), Caravans.column("club", "name")));
    assertThat(columns.forSync(source, null, null, null)).hasSize(2);
    assertThat(columns.forSync(source, "public", "club", "name"))
        .extracting("tableName")
        .containsExactly("club");
    assertThat(columns.forSync()).extracting(ColumnToSync::dataSourceId).contains(source);
    UUID id = columns.list(source).getFirst().id();
    assertThat(columns.forSync(id)).isPresent();

    CARAVAN
        .jdbc
        .sql("update caravan.data_sources set onboarding_completed = false where id = ?")
        .param(source)
        .update();
    assertThat(columns.forSync()).extracting(ColumnToSync::dataSourceId).doesNotContain(source);
    assertThat(columns.forSync(id)).isEmpty();

    CARAVAN
        .jdbc
        .sql(
            "update caravan.data_sources set onboarding_completed = true, deleted_at = now() where"
                + " id = ?")
        .param(source)
        .update();
    assertThat(columns.forSync()).extracting(ColumnToSync::dataSourceId).doesNotContain(source);
    assertThatThrownBy(() -> columns.list(source)).isInstanceOf(NotFoundException.class);
  }

  @Test
  void refusesAnUnknownDataSource() {
    UUID unknown = UUID.randomUUID();
    for (Runnable call :
        List.<Runnable>of(
            () -> columns.list(unknown),
            () -> columns.replace(unknown, List.of()),
            () -> columns.mergeFromDatasets(unknown, List.of()),
            () -> columns.forSync(unknown, null, null, null))) {
      assertThatThrownBy(call::run)
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining(unknown.toString());
    }
  }

  @Test
  void marksTheStateOfAColumn() {
    UUID id = columns.replace(source, List.of(city("name"))).getFirst().id();

    columns.markFailed(id, "The table is gone");
    assertThat(columns.list(source).getFirst())
        .extracting("storedValuesStatus", "storedValuesError")
        .containsExactly("failed", "The table is gone");
    columns.markUnchanged(id, null);
    assertThat(columns.list(source).getFirst())
        .satisfies(c -> assertThat(c.lastSyncedAt()).isNotNull())
        .extracting("storedValuesStatus", "storedValuesError")
        .containsExactly("success", null);
  }

  @Test
  void anotherMaximumMakesTheTableWorthReadingAgain() {
    UUID id = columns.replace(source, List.of(city("name"))).getFirst().id();
    columns.markUnchanged(id, JsonNodeFactory.instance.objectNode());
    columns.replace(source, List.of(city("name")));
    assertThat(columns.forSync(id).orElseThrow().tableState()).isNotNull();

    columns.replace(
        source, List.of(new SearchableColumn("shop", "public", "city", "name", null, 5000)));

    assertThat(columns.forSync(id).orElseThrow().tableState()).isNull();
  }

  @Test
  void takesTenThousandColumnsAtOnce() {
    List<SearchableColumn> many = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      many.add(Caravans.column("t" + i, "name"));
    }

    assertThat(columns.replace(source, many)).hasSize(10_000);
    assertThat(columns.replace(source, many)).hasSize(10_000);
  }

  @Test
  void notesWhenAColumnWasSearched() {
    UUID id = columns.replace(source, List.of(city("name"), city("region"))).getFirst().id();

    CARAVAN.search.search(source, "public", "city", "name", "x", 10);

    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> assertThat(columns.forSync(id).orElseThrow().lastReadAt()).isNotNull());
    assertThat(columns.forSync(source, null, null, "region").getFirst().lastReadAt()).isNull();
  }
}
