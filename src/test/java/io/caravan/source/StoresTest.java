package io.caravan.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.NotFoundException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoresTest {
  private static final String YML =
      """
      name: orders   # the table
      database: shop
      schema: sales
      dimensions:
        - name: status
          type: string
          searchable: true
        - name: id
          type: number
        - name: city
          searchable: true
      measures:
        - {name: total, agg: sum}
      """;

  private final TestCustomer customer = new TestCustomer();
  private final DataSources sources = customer.dataSources;

  private Map<String, Object> source() {
    return new HashMap<>(
        Map.of(
            "organizationId", customer.organization.toString(),
            "name", "Shop",
            "type", "postgresql",
            "jdbcUrl", "jdbc:postgresql://db/shop",
            "username", "reader",
            "password", "hunter2!",
            "onboardingCompleted", true));
  }

  private Map<String, Object> dataset(UUID source) {
    return new HashMap<>(Map.of("dataSourceId", source.toString(), "name", "Orders", "yml", YML));
  }

  @Test
  void aDataSourceIsShownInTheFormOfTheApiWithoutItsPassword() {
    DataSource created = sources.create(source());

    Map<?, ?> json = new ObjectMapper().convertValue(sources.get(created.id()), Map.class);

    assertThat(json.keySet().stream().map(String::valueOf))
        .containsExactlyInAnyOrder(
            "id", "organizationId", "name", "type", "jdbcUrl", "username", "onboardingCompleted");
    assertThat(json.get("type")).isEqualTo("postgresql");
    assertThat(created.id().version()).isEqualTo(7);
    assertThat(sources.login(created.id()).toString()).doesNotContain("hunter2");
  }

  @Test
  void thePasswordIsEncryptedMaskedAndForgottenOnDelete() {
    UUID id = sources.create(source()).id();

    assertThat(sources.login(id).password()).isEqualTo("hunter2!");
    assertThat(customer.redactor.redact("it is hunter2!")).isEqualTo("it is ***");
    assertThat(stored(id)).isNotNull();
    assertThat(new String(stored(id), ISO_8859_1)).doesNotContain("hunter2");

    sources.delete(id);

    assertThat(stored(id)).isNull();
    assertThatThrownBy(() -> sources.get(id)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> sources.delete(id)).isInstanceOf(NotFoundException.class);
    assertThat(sources.list()).isEmpty();
  }

  private byte[] stored(UUID id) {
    return (byte[])
        customer
            .jdbc
            .sql("select password_encrypted from caravan.data_sources where id = ?")
            .param(id)
            .query()
            .singleRow()
            .get("password_encrypted");
  }

  @Test
  void aPatchChangesTheGivenFieldsOnly() {
    DataSource created = sources.create(source());

    DataSource patched = sources.patch(created.id(), Map.of("name", "Market"));

    assertThat(patched.name()).isEqualTo("Market");
    assertThat(patched.jdbcUrl()).isEqualTo(created.jdbcUrl());
    assertThat(sources.login(created.id()).password()).isEqualTo("hunter2!");

    Map<String, Object> nothing = new HashMap<>();
    nothing.put("password", null);
    nothing.put("username", null);
    sources.patch(created.id(), nothing);
    assertThat(sources.login(created.id()).password()).isNull();
    assertThat(sources.get(created.id()).username()).isNull();
    assertThat(sources.patch(created.id(), Map.of())).isEqualTo(sources.get(created.id()));
  }

  @Test
  void whatWasReadMayBeSentBack() {
    DataSource created = sources.create(source());
    Map<String, Object> whole = new ObjectMapper().convertValue(created, new TypeReference<>() {});

    assertThat(sources.patch(created.id(), whole)).isEqualTo(created);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "name, null",
        "name, 5",
        "name, '  '",
        "name, nul",
        "name, long",
        "jdbcUrl, null",
        "jdbcUrl, jdbc:oracle:thin:@x",
        "jdbcUrl, jdbc:postgresql://u:hunter2@h/d",
        "password, 5",
        "username, true",
        "onboardingCompleted, null",
        "onboardingCompleted, yes",
        "type, mysql",
        "organizationId, 01890000-0000-7000-8000-000000000000",
        "colour, red"
      })
  void aPatchNamesTheFieldThatIsWrongAndChangesNothing(String field, String value) {
    DataSource created = sources.create(source());
    Map<String, Object> body = new HashMap<>(Map.of("name", "Other"));
    body.put(
        field,
        switch (value) {
          case null -> null;
          case "5" -> 5;
          case "true" -> true;
          case "nul" -> "a\0b";
          case "long" -> "x".repeat(201);
          default -> value;
        });

    assertThatThrownBy(() -> sources.patch(created.id(), body))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(field)
        .hasMessageNotContaining("hunter2");
    assertThat(sources.get(created.id())).isEqualTo(created);
  }

  @Test
  void aDataSourceNeedsATypeWeKnowAndAnOrganisationThatExists() {
    Map<String, Object> oracle = source();
    oracle.put("type", "oracle");
    Map<String, Object> orphan = source();
    orphan.put("organizationId", UUID.randomUUID().toString());
    Map<String, Object> noId = source();
    noId.put("organizationId", "x");
    Map<String, Object> nothing = new HashMap<>();

    assertThatThrownBy(() -> sources.create(oracle))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "postgresql, mysql, mariadb, sqlserver, redshift, snowflake, bigquery, databricks,"
                + " duckdb");
    for (Map<String, Object> body : Arrays.asList(orphan, noId)) {
      assertThatThrownBy(() -> sources.create(body))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith("organizationId");
    }
    assertThatThrownBy(() -> sources.create(nothing)).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void onlyOnboardedSourcesOfOnboardedOrganisationsAreEligible() {
    UUID eligible = sources.create(source()).id();
    Map<String, Object> early = source();
    early.put("onboardingCompleted", false);
    sources.create(early);
    Organization other = customer.organizations.create(Map.of("name", "Early"));
    Map<String, Object> ofEarly = source();
    ofEarly.put("organizationId", other.id());
    UUID waiting = sources.create(ofEarly).id();

    assertThat(sources.eligible()).extracting(DataSource::id).containsExactly(eligible);

    customer.organizations.patch(other.id(), Map.of("onboardingCompleted", true));
    assertThat(sources.eligible()).extracting(DataSource::id).containsExactly(eligible, waiting);

    customer.organizations.delete(other.id());
    assertThat(sources.eligible()).extracting(DataSource::id).containsExactly(eligible);
    assertThatThrownBy(() -> sources.get(waiting)).isInstanceOf(NotFoundException.class);
  }

  @Test
  void anOrganisationIsKeptAndChanged() {
    Organization created = customer.organizations.create(Map.of("name", "Zoé's 'shop'"));

    assertThat(created.onboardingCompleted()).isFalse();
    assertThat(customer.organizations.list()).contains(created);
    assertThat(customer.organizations.patch(created.id(), Map.of("name", "Z")).name())
        .isEqualTo("Z");
    assertThatThrownBy(() -> customer.organizations.patch(created.id(), Map.of("colour", "red")))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> customer.organizations.patch(UUID.randomUUID(), Map.of("name", "Z")))
        .isInstanceOf(NotFoundException.class);
    customer.organizations.delete(created.id());
    assertThat(customer.organizations.list()).doesNotContain(created);
  }

  @Test
  void aDatasetTakesItsPlaceFromTheYamlUnlessTold() {
    UUID source = sources.create(source()).id();

    Dataset created = customer.datasets.create(dataset(source));

    assertThat(created.databaseName()).isEqualTo("shop");
    assertThat(created.schemaName()).isEqualTo("sales");
    assertThat(created.enabled()).isTrue();
    assertThat(customer.datasets.get(created.id())).isEqualTo(created);
    assertThat(created.yml()).isEqualTo(YML);
    assertThat(customer.datasets.patch(created.id(), Map.of("schemaName", "other")).schemaName())
        .isEqualTo("other");
    assertThat(customer.datasets.put(created.id(), dataset(source))).isEqualTo(created);
    customer.datasets.delete(created.id());
    assertThat(customer.datasets.list()).isEmpty();
  }

  @Test
  void searchableDimensionsOfEnabledDatasetsAreListed() {
    UUID source = sources.create(source()).id();
    Dataset created = customer.datasets.create(dataset(source));
    Map<String, Object> nameless = dataset(source);
    nameless.put("name", "Customers");
    nameless.put("yml", "dimensions: [{name: mail, type: string, searchable: true}]");
    customer.datasets.create(nameless);
    Map<String, Object> disabled = dataset(source);
    disabled.put("enabled", false);
    customer.datasets.create(disabled);

    List<SearchableColumn> columns =
        customer.datasets.eligible().stream()
            .flatMap(dataset -> dataset.searchableColumns().stream())
            .toList();

    assertThat(columns)
        .extracting(
            SearchableColumn::tableName, SearchableColumn::columnName, SearchableColumn::columnType)
        .containsExactly(
            tuple("orders", "status", "string"),
            tuple("orders", "city", null),
            tuple("Customers", "mail", "string"));
    assertThat(columns.getFirst())
        .extracting(
            SearchableColumn::dataSourceId,
            SearchableColumn::datasetId,
            SearchableColumn::schemaName)
        .containsExactly(source, created.id(), "sales");
  }

  @Test
  void searchableColumnsOfAllTablesOfADbtFileAreListedWithTheirSchemas() {
    Map<String, Object> body = dataset(sources.create(source()).id());
    body.put(
        "yml",
        """
        version: 2
        models:
          - name: orders
            columns: [{name: status, data_type: text, meta: {searchable: true}}, {name: id}]
        sources:
          - name: crm
            database: raw
            tables:
              - {name: people, columns: [{name: mail, meta: {searchable: true}}]}
        """);

    Dataset created = customer.datasets.create(body);

    assertThat(created.searchableColumns())
        .extracting(
            SearchableColumn::databaseName,
            SearchableColumn::schemaName,
            SearchableColumn::tableName,
            SearchableColumn::columnName)
        .containsExactly(tuple("", "", "orders", "status"), tuple("raw", "crm", "people", "mail"));
    assertThat(customer.datasets.patch(created.id(), Map.of("schemaName", "x")).searchableColumns())
        .as("what the dataset says goes before")
        .extracting(SearchableColumn::schemaName)
        .containsExactly("x", "x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name: [a                                   | line 1, column
          a: 1;;b: [;c: d                            | line
          name: a;name: b                            | line 2, column
          - list                                     | must be a map
          dimensions: nope                           | dimensions must be a list
          dimensions: [{type: string}]               | dimensions[0].name is missing
          dimensions: [{name: a}, {name: 5}]         | dimensions[1].name must be a text
          dimensions: [{name: a, searchable: maybe}] | dimensions[0].searchable must be true or false
          name: !!java.net.URL [x]                   | line 1
          """)
  void yamlThatIsWrongIsRefusedWithThePlace(String yml, String place) {
    assertThatThrownBy(() -> DatasetDefinition.parse(yml.replace(";", "\n")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(place);
  }

  @Test
  void yamlIsBoundedInSizeDepthAndAliases() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 60; i++) {
      laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    for (String yml :
        List.of(laughs.toString(), "a: " + "[".repeat(1_000), "a".repeat(1_000_001))) {
      assertThatThrownBy(() -> DatasetDefinition.parse(yml))
          .isInstanceOf(InvalidInputException.class);
    }
  }
}
