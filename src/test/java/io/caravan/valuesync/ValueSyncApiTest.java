package io.caravan.valuesync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.Customer;
import io.caravan.TestSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Value sync from the registration of a data source to the search, over HTTP. */
@CaravanTest
class ValueSyncApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final List<Customer> customers = new ArrayList<>();
  private Api api;

  @BeforeEach
  void connect(@LocalServerPort int port) {
    api = new Api(port);
  }

  @AfterEach
  void forgetCustomers() {
    customers.forEach(Customer::close);
  }

  private Customer customer(String name) {
    Customer customer = new Customer(api, name);
    customers.add(customer);
    return customer;
  }

  private Customer withCities(String name, String... cities) {
    Customer customer = customer(name);
    customer.execute("create table city (name text)");
    for (String city : cities) {
      customer.jdbc.sql("insert into city values (?)").param(city).update();
    }
    customer.searchable(customer.column("city", "name"));
    return customer;
  }

  @Test
  void findsTheValuesOfAColumnWithTheirCounts() {
    Customer shop = withCities("Shop", "Bergen", "Bergen", "Berlin", "Oslo");

    JsonNode run = shop.run();

    assertThat(run.get("status").asText()).isEqualTo("succeeded");
    JsonNode answer = shop.search("ber", "&schema=public&table=city&column=name");
    assertThat(answer.get("values").toString())
        .isEqualTo("[{\"value\":\"Bergen\",\"count\":2},{\"value\":\"Berlin\",\"count\":1}]");
    assertThat(answer.get("truncated").asBoolean()).isFalse();
    assertThat(answer.get("complete").asBoolean()).isTrue();
    assertThat(answer.get("total").asInt()).isEqualTo(3);
    assertThat(Instant.parse(answer.get("asOf").asText())).isBeforeOrEqualTo(Instant.now());
    JsonNode column = shop.state("city");
    assertThat(column.get("storedValuesStatus").asText()).isEqualTo("success");
    assertThat(column.get("storedValuesCount").asInt()).isEqualTo(3);
    assertThat(column.get("storedValuesError").isNull()).isTrue();
  }

  @Test
  void saysThatThereAreMoreThanItShows() {
    Customer shop = withCities("Shop", "a1", "a2", "a3");
    shop.run();

    JsonNode answer = shop.search("a", "&limit=2");

    assertThat(answer.get("values")).hasSize(2);
    assertThat(answer.get("truncated").asBoolean()).isTrue();
  }

  @Test
  void findsAThousandAccentedValuesWithAndWithoutTheirAccents() {
    Customer shop = customer("Crêperie");
    shop.execute(
        "create table dish (name text)",
        "insert into dish select 'Crème brûlée n° ' || n from generate_series(1, 1000) n");
    shop.searchable(shop.column("dish", "name"));

    JsonNode run = shop.run();

    assertThat(shop.items(run).getFirst().get("result").get("processedCount").asInt())
        .isEqualTo(1000);
    assertThat(shop.state("dish").get("complete").asBoolean()).isTrue();
    for (int n : new int[] {1, 500, 1000}) {
      assertThat(shop.find("crème brûlée n° " + n)).first().isEqualTo("Crème brûlée n° " + n);
      assertThat(shop.find("CREME BRULEE N° " + n)).first().isEqualTo("Crème brûlée n° " + n);
    }
  }

  /** SV-14. */
  @Test
  void givesEachColumnAJobWithTheFieldsOfTheSeed() {
    Customer shop = withCities("Shop", "Oslo");
    ObjectNode column = shop.column("city", "name").put("columnType", "text").put("maxValues", 7);
    shop.searchable(column);

    JsonNode item = shop.items(shop.run()).getFirst();

    JsonNode payload =
        json(
            JdbcClient.create(TestSettings.database())
                .sql("select payload from caravan.run_item where id = ?")
                .param(UUID.fromString(item.get("id").asText()))
                .query(String.class)
                .single());
    assertThat(payload.get("dataSourceId").asText()).isEqualTo(shop.id);
    assertThat(payload.get("databaseName").asText()).isEqualTo(shop.database());
    assertThat(payload.get("schemaName").asText()).isEqualTo("public");
    assertThat(payload.get("tableName").asText()).isEqualTo("city");
    assertThat(payload.get("columnName").asText()).isEqualTo("name");
    assertThat(payload.get("columnType").asText()).isEqualTo("text");
    assertThat(payload.get("maxValues").asInt()).isEqualTo(7);
    assertThat(item.get("result").get("jobId")).isEqualTo(item.get("id"));
  }

  /** SV-15. */
  @Test
  void countsNewExistingAndRemovedValues() {
    Customer shop = withCities("Shop", "Oslo", "Bergen");
    JsonNode first = shop.items(shop.run()).getFirst().get("result");
    shop.execute("delete from city where name = 'Oslo'", "insert into city values ('Tromsø')");

    JsonNode second = shop.items(shop.run()).getFirst().get("result");

    assertThat(first.get("success").asBoolean()).isTrue();
    assertThat(first.get("duration").asLong()).isNotNegative();
    assertThat(counts(first)).containsExactly(2, 0, 2, 0);
    assertThat(counts(second)).containsExactly(2, 1, 1, 1);
  }

  private static List<Integer> counts(JsonNode result) {
    return List.of(
        result.get("processedCount").asInt(),
        result.get("existingCount").asInt(),
        result.get("newCount").asInt(),
        result.get("removedCount").asInt());
  }

  /** SV-16, SV-17, SV-22, SV-23, SV-24, SV-25. */
  @Test
  void reportsWhatSucceededAndWhatFailedOfEachSource() {
    Customer good = withCities("Good", "Oslo", "Bergen");
    Customer mixed = withCities("Mixed", "Paris");
    mixed.searchable(mixed.column("city", "name"), mixed.column("city", "nowhere"));
    ObjectNode request = good.request();
    mixed.request().get("only").forEach(request.withArray("only")::add);

    JsonNode run = api.run("valuesync", request.toString());

    assertThat(run.get("status").asText()).isEqualTo("partial");
    assertThat(run.get("attempt").asInt()).as("closed at the first go").isEqualTo(1);
    JsonNode report = run.get("report");
    assertThat(report.get("executionId")).isEqualTo(run.get("id"));
    Instant start = Instant.parse(report.get("startTime").asText());
    Instant end = Instant.parse(report.get("endTime").asText());
    assertThat(report.get("durationMs").asLong())
        .isEqualTo(Duration.between(start, end).toMillis());
    assertThat(report.get("totalDataSources").asInt()).isEqualTo(2);
    assertThat(report.get("totalColumns").asInt()).isEqualTo(3);
    assertThat(report.get("successfulSyncs").asInt()).isEqualTo(2);
    assertThat(report.get("failedSyncs").asInt()).isEqualTo(1);
    assertThat(report.get("skippedSyncs").asInt()).isZero();
    assertThat(report.get("totalValuesProcessed").asInt()).isEqualTo(3);
    for (String total :
        List.of(
            "totalColumns",
            "successfulSyncs",
            "failedSyncs",
            "skippedSyncs",
            "totalValuesProcessed")) {
      assertThat(
              report.get("dataSourceSummaries").findValuesAsText(total).stream()
                  .mapToInt(Integer::parseInt)
                  .sum())
          .as(total)
          .isEqualTo(report.get(total).asInt());
    }
    assertThat(report.get("errors")).hasSize(1);
    assertThat(report.get("errors").get(0).asText())
        .contains("Mixed", "public.city.nowhere", "correct or remove");
    JsonNode failed =
        mixed.columns().stream()
            .filter(column -> column.get("columnName").asText().equals("nowhere"))
            .findFirst()
            .orElseThrow();
    assertThat(failed.get("storedValuesStatus").asText()).isEqualTo("failed");
    assertThat(failed.get("storedValuesError").asText()).contains("nowhere");
    assertThat(mixed.find("Paris")).containsExactly("Paris");
  }

  /** SV-24. */
  @Test
  void reportsEvenOfARunThatCouldNotBePlanned() {
    String unknown = UUID.randomUUID().toString();

    JsonNode run = api.run("valuesync", "{\"only\":[\"" + unknown + "\"]}");

    assertThat(run.get("status").asText()).isEqualTo("failed");
    assertThat(run.get("error").asText()).contains(unknown, "no searchable column");
    assertThat(run.get("report").get("totalColumns").asInt()).isZero();
    assertThat(run.get("report").get("executionId")).isEqualTo(run.get("id"));
  }

  /** SV-26. */
  @Test
  void searchesWithoutAskingTheSource() {
    Customer shop = withCities("Shop", "Oslo");
    shop.run();
    shop.change(JSON.createObjectNode().put("jdbcUrl", "jdbc:postgresql://localhost:1/gone"));

    assertThat(shop.find("osl")).containsExactly("Oslo");
  }

  @Test
  void keepsTheOldValuesWhenAFullColumnComesBackEmptyUntilSomebodyForcesIt() {
    Customer shop = withCities("Shop", "Oslo");
    shop.run();
    shop.execute("delete from city");

    JsonNode braked = shop.run();

    JsonNode item = shop.items(braked).getFirst();
    assertThat(braked.get("status").asText()).isEqualTo("failed");
    assertThat(item.get("error").get("kind").asText()).isEqualTo("brake");
    assertThat(item.get("error").get("message").asText()).contains("city", "force");
    assertThat(shop.state("city").get("storedValuesStatus").asText()).isEqualTo("suspect");
    assertThat(shop.find("osl")).containsExactly("Oslo");

    JsonNode forced =
        api.run(
            "valuesync",
            shop.request().put("force", true).put("reason", "the shop moved out").toString());

    assertThat(forced.get("status").asText()).isEqualTo("succeeded");
    assertThat(forced.get("reason").asText()).isEqualTo("the shop moved out");
    assertThat(shop.find("osl")).isEmpty();
    assertThat(shop.state("city").get("storedValuesStatus").asText()).isEqualTo("success");
  }

  @Test
  void aDryRunWritesNothing() {
    Customer shop = withCities("Shop", "Oslo");

    JsonNode run = api.run("valuesync", shop.request().put("dryRun", true).toString());

    assertThat(shop.items(run).getFirst().get("reason").asText()).contains("1 values found");
    assertThat(run.get("dryRun").asBoolean()).isTrue();
    assertThat(shop.find("osl")).isEmpty();
    assertThat(shop.state("city").get("lastSyncedAt").isNull()).isTrue();
    assertThat(shop.state("city").get("storedValuesStatus").isNull()).isTrue();
  }

  @Test
  void refreshesOneColumnWhenAskedAndLeavesTheOthers() {
    Customer shop = withCities("Shop", "Oslo");
    shop.execute("create table land (name text)", "insert into land values ('Norway')");
    shop.searchable(shop.column("city", "name"), shop.column("land", "name"));
    shop.run();
    shop.execute("insert into city values ('Bergen')", "insert into land values ('Sweden')");

    Api.Answer started =
        api.post(
            "/api/v1/values/refresh",
            "{\"dataSourceId\":\"%s\",\"schema\":\"public\",\"table\":\"city\",\"column\":\"name\"}"
                .formatted(shop.id));

    assertThat(started.status()).isEqualTo(202);
    JsonNode run = api.finished(started.body().get("runId").asText());
    assertThat(run.get("trigger").asText()).isEqualTo("event");
    assertThat(run.get("counts").get("total").asInt()).isEqualTo(1);
    assertThat(shop.find("berg")).containsExactly("Bergen");
    assertThat(shop.find("swed")).isEmpty();
  }

  @Test
  void readsTheColumnsThatADatasetMarksAsSearchable() {
    Customer shop = customer("Shop");
    shop.execute(
        "create table city (name text, mayor text)", "insert into city values ('Oslo', 'Anne')");
    ObjectNode dataset =
        JSON.createObjectNode()
            .put("dataSourceId", shop.id)
            .put("name", "city")
            .put("databaseName", shop.database())
            .put("schemaName", "public")
            .put(
                "yml",
                """
                name: city
                dimensions:
                  - {name: name, type: text, searchable: true}
                  - {name: mayor, type: text}
                """);
    assertThat(api.post("/api/v1/datasets", dataset.toString()).status()).isEqualTo(201);

    Api.Answer refresh =
        api.post(
            "/api/v1/values/refresh",
            "{\"dataSourceId\":\"%s\",\"table\":\"city\"}".formatted(shop.id));

    assertThat(refresh.status()).as(refresh.raw().body()).isEqualTo(202);
    JsonNode run = api.finished(refresh.body().get("runId").asText());
    assertThat(run.get("status").asText()).isEqualTo("succeeded");
    assertThat(shop.columns()).hasSize(1);
    assertThat(shop.find("osl")).containsExactly("Oslo");
    assertThat(shop.find("anne")).isEmpty();
  }

  @Test
  void yamlThatCanNoLongerBeReadTakesNoValuesAway() {
    Customer broken = customer("Broken");
    Customer fine = customer("Fine");
    for (Customer shop : List.of(broken, fine)) {
      shop.execute("create table city (name text)", "insert into city values ('Oslo')");
      ObjectNode dataset =
          JSON.createObjectNode()
              .put("dataSourceId", shop.id)
              .put("name", "city")
              .put("databaseName", shop.database())
              .put("schemaName", "public")
              .put("yml", "dimensions: [{name: name, type: text, searchable: true}]");
      assertThat(api.post("/api/v1/datasets", dataset.toString()).status()).isEqualTo(201);
    }
    api.run("valuesync", "{}");
    JdbcClient.create(TestSettings.database())
        .sql("update caravan.datasets set yml = 'dimensions: [' where data_source_id = ?::uuid")
        .param(broken.id)
        .update();
    fine.execute("insert into city values ('Bergen')");

    api.run("valuesync", "{}");

    assertThat(broken.columns()).hasSize(1);
    assertThat(broken.find("osl")).containsExactly("Oslo");
    assertThat(fine.find("berg")).containsExactly("Bergen");
  }

  @Test
  void aSlowSourceDoesNotHoldUpAFastOne() {
    Customer slow = customer("Slow");
    ObjectNode[] columns =
        IntStream.range(0, 10)
            .mapToObj(
                n -> {
                  slow.execute(
                      "create view slow_%d as select 'Oslo'::text as name from pg_sleep(0.3)"
                          .formatted(n));
                  return slow.column("slow_" + n, "name");
                })
            .toArray(ObjectNode[]::new);
    slow.searchable(columns);
    Customer fast = withCities("Fast", "Bergen");
    ObjectNode request = slow.request();
    fast.request().get("only").forEach(request.withArray("only")::add);

    JsonNode run = api.run("valuesync", request.toString());

    assertThat(run.get("counts").get("succeeded").asInt()).isEqualTo(11);
    Instant fastDone = finishedAt(fast.items(run).getFirst());
    assertThat(slow.items(run)).hasSize(10).allMatch(item -> finishedAt(item).isAfter(fastDone));
  }

  private static Instant finishedAt(JsonNode item) {
    return Instant.parse(item.get("finishedAt").asText());
  }

  @Test
  void refusesAColumnThatLooksLikeASecretAndChangesNothing() {
    Customer shop = withCities("Shop", "Oslo");

    Api.Answer answer = shop.putColumns(shop.column("account", "password"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().get("detail").asText())
        .contains("Entry 1", "password", "caravan.valuesync.denied-columns");
    assertThat(shop.columns()).hasSize(1);
  }

  @Test
  void neverShowsOneTenantTheValuesOfAnother() {
    Customer one = withCities("One", "Oslo");
    Customer other = withCities("Other", "Oslofjord");
    one.run();
    other.run();

    assertThat(one.find("oslo")).containsExactly("Oslo");
    assertThat(other.find("oslo")).containsExactly("Oslofjord");
  }

  @Test
  void aRemovedDataSourceIsNoLongerSearchable() {
    Customer shop = withCities("Shop", "Oslo");
    shop.run();

    shop.close();

    assertThat(api.get("/api/v1/values/search?dataSourceId=" + shop.id + "&q=oslo").status())
        .isEqualTo(404);
  }

  @Test
  void readsNamesWithQuotesAndSemicolons() {
    Customer shop = customer("Shop");
    String table = "or\"der; drop table city;--";
    String column = "na'me\"; select 1";
    shop.execute(
        "create table city (name text)",
        "create table \"or\"\"der; drop table city;--\" (\"na'me\"\"; select 1\" text)",
        "insert into \"or\"\"der; drop table city;--\" values ('Oslo')",
        "insert into city values ('Bergen')");
    shop.searchable(shop.column(table, column), shop.column("city", "name"));

    JsonNode run = shop.run();

    assertThat(run.get("status").asText()).isEqualTo("succeeded");
    assertThat(shop.find("osl")).containsExactly("Oslo");
    assertThat(shop.find("berg")).containsExactly("Bergen");
  }

  @Test
  void leavesOutAValueOfFiftyMegabytes() {
    Customer shop = withCities("Shop", "Oslo");
    shop.execute("insert into city values (repeat('x', 50 * 1024 * 1024))");

    JsonNode run = shop.run();

    assertThat(run.get("status").asText()).isEqualTo("succeeded");
    assertThat(shop.items(run).getFirst().get("result").get("tooLong").asInt()).isEqualTo(1);
    assertThat(shop.find("")).containsExactly("Oslo");
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }
}
