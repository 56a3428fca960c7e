package io.caravan.valuesync;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.Customer;
import io.caravan.TestDatabase;
import io.caravan.source.TestMariaDb;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mariadb.jdbc.MariaDbDataSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sources that refuse, hang or vanish: each is named on its item, old values stay, the rest of the
 * run succeeds.
 */
@CaravanTest
class ValueSyncApiTroubleTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OLD_PASSWORD = "old-Secret-1";
  private static final String WRONG_PASSWORD = "wrong-Secret-2";
  private static final JdbcClient SERVER = JdbcClient.create(TestDatabase.empty());
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

  private Customer withCities(String name) {
    Customer customer = new Customer(api, name);
    customers.add(customer);
    customer.execute("create table city (name text)", "insert into city values ('Oslo')");
    customer.searchable(customer.column("city", "name"));
    assertThat(customer.run().get("status").asText()).isEqualTo("succeeded");
    return customer;
  }

  private Customer onMariaDb() throws java.sql.SQLException {
    TestMariaDb.user("caravan_reader", OLD_PASSWORD);
    String url = TestMariaDb.empty();
    String database = url.substring(url.lastIndexOf('/') + 1);
    Customer customer =
        new Customer(
            api,
            "Locked",
            database,
            new MariaDbDataSource(url + "?user=root"),
            "mariadb",
            url,
            "caravan_reader",
            OLD_PASSWORD);
    customers.add(customer);
    customer.execute("create table city (name varchar(50))", "insert into city values ('Oslo')");
    customer.searchable(customer.column("city", "name").put("schemaName", database));
    assertThat(customer.run().get("status").asText()).isEqualTo("succeeded");
    return customer;
  }

  @Test
  void eachTroubleIsNamedOnItsItemAndTheRestOfTheRunSucceeds() throws Exception {
    Customer good = withCities("Good");
    Customer refused = withCities("Refused");
    refused.change(JSON.createObjectNode().put("jdbcUrl", "jdbc:postgresql://localhost:1/shop"));
    Customer locked = onMariaDb();
    locked.change(JSON.createObjectNode().put("password", WRONG_PASSWORD));
    Customer hanging = withCities("Hanging");
    hanging.execute(
        "drop table city", "create view city as select 'Paris'::text as name from pg_sleep(120)");
    Customer vanishing = withCities("Vanishing");
    vanishing.execute(
        "drop table city", "create view city as select 'Paris'::text as name from pg_sleep(60)");
    ObjectNode request = good.request();
    for (Customer customer : List.of(refused, locked, hanging, vanishing)) {
      customer.request().get("only").forEach(request.withArray("only")::add);
    }

    var running = supplyAsync(() -> api.run("valuesync", request.toString()));
    await().until(() -> statements(hanging) == 1);
    assertThat(hanging.state("city").get("storedValuesStatus").asText()).isEqualTo("syncing");
    vanish(vanishing);
    JsonNode run = running.get();

    assertThat(run.get("status").asText()).isEqualTo("partial");
    assertThat(run.get("attempt").asInt()).isEqualTo(1);
    assertThat(run.get("counts").get("succeeded").asInt()).isEqualTo(1);
    assertThat(run.get("counts").get("failed").asInt()).isEqualTo(4);
    assertThat(good.item(run, "city").get("status").asText()).isEqualTo("succeeded");
    fails(refused, run, "transient", "nothing answers at this host and port", 3);
    fails(locked, run, "authorisation", "check username and password", 1);
    fails(hanging, run, "timeout", "limit of 10 s", 1);
    fails(vanishing, run, "configuration", "does not exist", 2);
    assertThat(run.get("report").get("errors")).hasSize(4);
    String everything =
        run
            + api.get("/api/v1/runs/" + run.get("id").asText() + "/items").raw().body()
            + api.get("/api/v1/data-sources").raw().body()
            + api.post("/api/v1/data-sources/" + locked.id + "/test", null).raw().body();
    assertThat(everything).doesNotContain(OLD_PASSWORD, WRONG_PASSWORD, "Exception", "pg_sleep");
    assertThat(statements(hanging)).as("the server was told to stop").isZero();
  }

  private void fails(Customer customer, JsonNode run, String kind, String words, int attempts) {
    JsonNode item = customer.item(run, "city");
    assertThat(item.get("error").get("kind").asText()).as(item.toString()).isEqualTo(kind);
    assertThat(item.get("error").get("message").asText()).contains(words);
    assertThat(item.get("attempts").asInt()).as(item.toString()).isEqualTo(attempts);
    assertThat(customer.state("city").get("storedValuesStatus").asText()).isEqualTo("failed");
    assertThat(customer.find("")).containsExactly("Oslo");
  }

  private static void vanish(Customer customer) {
    await().until(() -> statements(customer) == 1);
    SERVER.sql("drop database %s with (force)".formatted(customer.database())).update();
  }

  /** How many queries of Caravan's are running in this customer's database. */
  private static int statements(Customer customer) {
    return SERVER
        .sql(
            """
            select count(*) from pg_stat_activity
             where datname = ? and state = 'active' and wait_event = 'PgSleep'
            """)
        .param(customer.database())
        .query(Integer.class)
        .single();
  }
}
