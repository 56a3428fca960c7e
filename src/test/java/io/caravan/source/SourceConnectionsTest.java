package io.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.NotFoundException;
import io.caravan.failure.StopSignal;
import io.caravan.source.TestCustomer.Database;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.unit.DataSize;

@Timeout(60)
class SourceConnectionsTest {
  private static final Failure CANCELLED = new Failure(FailureKind.CANCELLED, "somebody cancelled");

  @TempDir static Path folder;

  private final TestCustomer customer = new TestCustomer();
  private SourceConnections connections =
      new SourceConnections(customer.dataSources, SourceProperties.defaults());

  @AfterEach
  void close() {
    connections.close();
  }

  private static Database filled(SourceType type) throws IOException {
    Database database =
        switch (type) {
          case POSTGRESQL -> TestCustomer.postgres();
          case MARIADB -> TestCustomer.mariadb();
          case DUCKDB -> TestCustomer.duckdb(Files.createTempDirectory(folder, "duck"));
          default -> throw new IllegalArgumentException(type.name());
        };
    database.execute("create table item (id int)", "insert into item values (1)");
    return database;
  }

  private static List<String> strings(SourceSession session, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = session.connection().createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  private String one(UUID id, String sql) {
    return connections.read(id, new StopSignal(), s -> strings(s, sql)).getFirst();
  }

  private static Failure failure(ThrowingCallable call) {
    Failure failure = catchThrowableOfType(Failure.class, call);
    assertThat(failure).isNotNull();
    return failure;
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL", "MARIADB", "DUCKDB"})
  void readsAndCannotWrite(SourceType type) throws IOException {
    UUID id = customer.register(filled(type));

    assertThat(one(id, "select id from item")).isEqualTo("1");
    for (String write :
        List.of("insert into item values (2)", "create table other (id int)", "drop table item")) {
      assertThatThrownBy(
              () ->
                  connections.read(
                      id,
                      new StopSignal(),
                      s -> {
                        try (Statement statement = s.connection().createStatement()) {
                          return statement.execute(write);
                        }
                      }))
          .isInstanceOf(Failure.class);
    }
    assertThat(one(id, "select count(*) from item")).isEqualTo("1");
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL", "MARIADB", "DUCKDB"})
  void saysThatTheConnectionWorks(SourceType type) throws IOException {
    ConnectionTest result = connections.test(customer.register(filled(type)));

    assertThat(result.ok()).as(result.message()).isTrue();
    assertThat(result.message()).startsWith("Connected to ").containsPattern("\\d+\\.\\d+");
    assertThat(result.latencyMs()).isBetween(0L, 10_000L);
  }

  @Test
  void theServerKeepsTheLimitsAndTheZone() throws IOException {
    UUID postgres = customer.register(filled(SourceType.POSTGRESQL));
    assertThat(one(postgres, "show timezone")).isEqualTo("UTC");
    assertThat(one(postgres, "show statement_timeout")).isEqualTo("5min");
    assertThat(one(postgres, "show lock_timeout")).isEqualTo("5s");

    UUID mariadb = customer.register(filled(SourceType.MARIADB));
    assertThat(one(mariadb, "select @@time_zone")).isEqualTo("+00:00");
    assertThat(one(mariadb, "select @@max_statement_time")).startsWith("300");
    assertThat(one(mariadb, "select @@lock_wait_timeout")).isEqualTo("5");
  }

  @Test
  void aMariaDbMayCallItselfMysql() throws IOException {
    Database database = filled(SourceType.MARIADB);
    UUID id =
        customer.register(
            SourceType.MYSQL,
            database.url().replace("jdbc:mariadb", "jdbc:mysql"),
            database.user(),
            null);

    assertThat(one(id, "select id from item")).isEqualTo("1");
  }

  @Test
  void aDuckDbFileCannotReachOtherFiles() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.csv"), "a\nhunter2\n");
    UUID id = customer.register(filled(SourceType.DUCKDB));

    assertThat(failure(() -> one(id, "select * from read_csv('" + secret + "')")))
        .hasMessageNotContaining("hunter2");
    failure(() -> one(id, "attach '" + folder.resolve("other.duckdb") + "'"));
    failure(() -> one(id, "install httpfs"));
    failure(() -> one(id, "copy item to '" + folder.resolve("out.csv") + "'"));
    assertThat(folder.resolve("out.csv")).doesNotExist();
  }

  @Test
  void aWrongPasswordIsToldAtOnceAndWithoutTheSecret() {
    TestMariaDb.user("reader", "right one");
    UUID id = customer.register(SourceType.MARIADB, TestMariaDb.empty(), "reader", "wrong one");
    long start = System.nanoTime();

    Failure failure = failure(() -> one(id, "select 1"));

    assertThat(failure.kind()).isEqualTo(FailureKind.AUTHORISATION);
    assertThat(failure).hasMessageContaining("\"Shop\"").hasMessageNotContaining("wrong one");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    assertThat(connections.test(id).message()).contains("check username and password");

    customer.dataSources.patch(id, Map.of("password", "right one"));
    assertThat(one(id, "select 1")).isEqualTo("1");
  }

  @Test
  void anUnreachableDatabaseIsTransientAndNamed() throws IOException {
    int closedPort;
    try (ServerSocket socket = new ServerSocket(0)) {
      closedPort = socket.getLocalPort();
    }
    UUID refused =
        customer.register(
            SourceType.POSTGRESQL,
            "jdbc:postgresql://localhost:" + closedPort + "/shop",
            "me",
            "hunter2");
    UUID unknown =
        customer.register(
            SourceType.MARIADB, "jdbc:mariadb://no-such-host.invalid/shop", "me", "hunter2");

    assertThat(failure(() -> one(refused, "select 1")))
        .hasMessageContaining("localhost:" + closedPort)
        .hasMessageNotContaining("hunter2")
        .extracting(Failure::kind)
        .isEqualTo(FailureKind.TRANSIENT);
    assertThat(failure(() -> one(unknown, "select 1")))
        .hasMessageContaining("no-such-host.invalid")
        .extracting(Failure::kind)
        .isEqualTo(FailureKind.TRANSIENT);
    assertThat(connections.test(refused).ok()).isFalse();
    assertThat(connections.test(unknown).message()).contains("no-such-host.invalid");
  }

  @Test
  void aServerThatAcceptsAndSaysNothingIsGivenUp() throws IOException {
    connections.close();
    connections = new SourceConnections(customer.dataSources, quick());
    try (ServerSocket silent = new ServerSocket(0)) {
      UUID id =
          customer.register(
              SourceType.POSTGRESQL,
              "jdbc:postgresql://localhost:" + silent.getLocalPort() + "/shop",
              "me",
              null);

      assertThat(failure(() -> one(id, "select 1")).kind()).isEqualTo(FailureKind.TRANSIENT);
      assertThat(connections.test(id).ok()).isFalse();
    }
  }

  @Test
  void connectionsAreMadeAtTheSameTimeAndGivenUpWhenStopped() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      silent.setSoTimeout(5_000);
      UUID id =
          customer.register(
              SourceType.POSTGRESQL,
              "jdbc:postgresql://localhost:" + silent.getLocalPort() + "/shop",
              "me",
              null);
      StopSignal stop = new StopSignal();
      var first = inBackground(() -> connections.read(id, stop, s -> "never"));
      var second = inBackground(() -> connections.read(id, stop, s -> "never"));
      try (Socket one = silent.accept();
          Socket other = silent.accept()) {
        assertThat(one.getPort()).isNotEqualTo(other.getPort());

        stop.stop(CANCELLED);

        assertThatThrownBy(() -> first.get(2, TimeUnit.SECONDS)).hasCause(CANCELLED);
        assertThatThrownBy(() -> second.get(2, TimeUnit.SECONDS)).hasCause(CANCELLED);
      }
    }
  }

  private static SourceProperties quick() {
    return new SourceProperties(
        2,
        100,
        Duration.ofSeconds(1),
        Duration.ofSeconds(60),
        Duration.ofSeconds(5),
        Duration.ofMinutes(5),
        Duration.ofMillis(200),
        Path.of("drivers"),
        DataSize.ofMegabytes(512));
  }

  @Test
  void aQueryThatIsStoppedEndsOnTheServerToo() throws Exception {
    UUID id = customer.register(filled(SourceType.POSTGRESQL));
    StopSignal stop = new StopSignal();
    CountDownLatch running = new CountDownLatch(1);
    var read =
        inBackground(
            () ->
                connections.read(
                    id,
                    stop,
                    s -> {
                      try (Statement statement = s.connection().createStatement();
                          var hook = stop.onStop(() -> cancel(statement))) {
                        running.countDown();
                        return statement.execute("select pg_sleep(60)");
                      }
                    }));
    running.await();
    awaitSleepers(id, "1");

    stop.stop(CANCELLED);

    assertThatThrownBy(() -> read.get(5, TimeUnit.SECONDS)).hasCause(CANCELLED);
    assertThat(sleepers(id)).isEqualTo("0");
  }

  @ParameterizedTest
  @CsvSource({
    "MARIADB,select sleep(60)",
    "MARIADB,select count(*) from seq_1_to_1000000000 a join seq_1_to_1000 b",
    "DUCKDB,select sum(a.i % 7) from range(1000000000) a(i) cross join range(1000) b(i)"
  })
  void aStoppedQueryEndsSoonAndNeverPassesForComplete(SourceType type, String sql)
      throws Exception {
    UUID id = customer.register(filled(type));
    StopSignal stop = new StopSignal();
    CountDownLatch running = new CountDownLatch(1);
    var read =
        inBackground(
            () ->
                connections.read(
                    id,
                    stop,
                    s -> {
                      try (Statement statement = s.connection().createStatement();
                          var hook = stop.onStop(() -> cancel(statement))) {
                        running.countDown();
                        return statement.execute(sql);
                      }
                    }));
    running.await();
    assertThatThrownBy(() -> read.get(300, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);

    stop.stop(CANCELLED);

    assertThatThrownBy(() -> read.get(3, TimeUnit.SECONDS)).hasCause(CANCELLED);
    assertThat(one(id, "select 1")).isEqualTo("1");
  }

  @Test
  void aQueryThatNobodyCancelsIsCutAfterTheGrace() throws Exception {
    connections.close();
    connections = new SourceConnections(customer.dataSources, quick());
    UUID id = customer.register(filled(SourceType.POSTGRESQL));
    StopSignal stop = new StopSignal();
    var read =
        inBackground(
            () -> connections.read(id, stop, s -> strings(s, "select pg_sleep(60)::text")));
    awaitSleepers(id, "1");

    stop.stop(CANCELLED);

    assertThatThrownBy(() -> read.get(5, TimeUnit.SECONDS)).hasCause(CANCELLED);
    assertThat(one(id, "select 1")).isEqualTo("1");
  }

  private static <T> CompletableFuture<T> inBackground(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, Thread::startVirtualThread);
  }

  private String sleepers(UUID id) {
    return one(
        id,
        "select count(*) from pg_stat_activity where state = 'active' and query like '%pg_sleep%'"
            + " and pid <> pg_backend_pid() and datname = current_database()");
  }

  private void awaitSleepers(UUID id, String number) {
    while (!sleepers(id).equals(number)) {
      Thread.onSpinWait();
    }
  }

  private static void cancel(Statement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void waitingForAConnectionEndsWhenStopped() throws Exception {
    UUID id = customer.register(filled(SourceType.POSTGRESQL));
    CyclicBarrier bothTaken = new CyclicBarrier(3);
    CountDownLatch release = new CountDownLatch(1);
    List<CompletableFuture<String>> holders = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      holders.add(
          inBackground(
              () ->
                  connections.read(
                      id,
                      new StopSignal(),
                      s -> {
                        meet(bothTaken);
                        await(release);
                        return strings(s, "select 1").getFirst();
                      })));
    }
    bothTaken.await(10, TimeUnit.SECONDS);
    StopSignal stop = new StopSignal();
    var third = inBackground(() -> connections.read(id, stop, s -> "never"));

    stop.stop(CANCELLED);

    assertThatThrownBy(() -> third.get(2, TimeUnit.SECONDS)).hasCause(CANCELLED);
    release.countDown();
    for (var holder : holders) {
      assertThat(holder.get(5, TimeUnit.SECONDS)).isEqualTo("1");
    }
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aConnectionThatTheServerEndedIsNotHandedOutAgain() throws IOException {
    UUID id = customer.register(filled(SourceType.POSTGRESQL));

    Failure failure = failure(() -> one(id, "select pg_terminate_backend(pg_backend_pid())"));

    assertThat(failure.kind()).isEqualTo(FailureKind.TRANSIENT);
    for (int i = 0; i < 3; i++) {
      assertThat(one(id, "select 1")).isEqualTo("1");
    }
  }

  @Test
  void whatAReadLeavesBehindIsRolledBack() throws IOException {
    UUID id = customer.register(filled(SourceType.POSTGRESQL));

    one(id, "select set_config('caravan.mark', 'left', true)");

    assertThat(
            one(id, "select coalesce(nullif(current_setting('caravan.mark', true), ''), 'clean')"))
        .isEqualTo("clean");
    assertThat(
            one(
                id,
                "select count(*) from pg_stat_activity where state = 'idle in transaction'"
                    + " and datname = current_database()"))
        .isEqualTo("0");
  }

  @Test
  void anotherUrlIsFollowedAtOnce() throws IOException {
    Database first = filled(SourceType.POSTGRESQL);
    Database second = filled(SourceType.POSTGRESQL);
    second.execute("insert into item values (2)");
    UUID id = customer.register(first);
    assertThat(one(id, "select count(*) from item")).isEqualTo("1");

    customer.dataSources.patch(id, Map.of("jdbcUrl", second.url()));

    assertThat(one(id, "select count(*) from item")).isEqualTo("2");
    customer.dataSources.delete(id);
    assertThatThrownBy(() -> one(id, "select 1")).isInstanceOf(NotFoundException.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL", "MARIADB", "DUCKDB"})
  void whatDoesNotExistIsNamed(SourceType type) throws IOException {
    UUID id = customer.register(filled(type));

    assertThat(failure(() -> one(id, "select 1 from nowhere")))
        .hasMessageContaining("nowhere")
        .extracting(Failure::kind)
        .isEqualTo(FailureKind.CONFIGURATION);
    assertThat(failure(() -> one(id, "select wrong from item")))
        .hasMessageContaining("wrong")
        .extracting(Failure::kind)
        .isEqualTo(FailureKind.CONFIGURATION);
    assertThat(one(id, "select 1")).isEqualTo("1");
  }

  @Test
  void aMissingDriverIsNamedWithItsCoordinates() {
    UUID id =
        customer.register(
            SourceType.SNOWFLAKE,
            "jdbc:snowflake://acme.snowflakecomputing.com/?db=SHOP",
            "me",
            null);

    assertThat(failure(() -> one(id, "select 1")))
        .hasMessageContaining("net.snowflake:snowflake-jdbc")
        .hasMessageContaining("drivers")
        .extracting(Failure::kind)
        .isEqualTo(FailureKind.CONFIGURATION);
    assertThat(connections.test(id).message()).contains("net.snowflake:snowflake-jdbc");
  }

  @Test
  void aDuckDbFileThatIsNotThereIsAConfigurationFailure() {
    UUID id =
        customer.register(
            SourceType.DUCKDB, "jdbc:duckdb:" + folder.resolve("gone.duckdb"), null, null);

    assertThat(failure(() -> one(id, "select 1")).kind()).isEqualTo(FailureKind.CONFIGURATION);
    assertThat(folder.resolve("gone.duckdb")).doesNotExist();
  }
}
