package io.caravan.valuesync;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Searches of cut lists beside a customer's real database. */
@Timeout(60)
class SourceLookupTest {
  private static final Caravans CARAVAN = new Caravans();

  private final PGSimpleDataSource database = TestDatabase.empty();
  private final JdbcClient customer = JdbcClient.create(database);
  private final JdbcClient onlooker = JdbcClient.create(CARAVAN.database);

  @AfterAll
  static void close() {
    CARAVAN.close();
  }

  @BeforeEach
  void createTable() {
    customer
        .sql(
            """
            create table city as
            select 'Berlin' as name from generate_series(1, 500)
            union all
            select unnest(array['Bernau', 'Bergisch Gladbach', 'Bern', 'Bern', null, '', 'Ber' || repeat('x', 1000),
              'Oberursel', 'XE'])\
            """)
        .update();
  }

  /** A column of the customer's database, with a list that is known to be cut. */
  private final class Cut {
    private final Caravans caravan;
    private final String table;
    private final UUID id;
    final UUID source;

    Cut(Caravans caravan, String table, String user, String... stored) {
      this.caravan = caravan;
      this.table = table;
      source = caravan.dataSource();
      caravan
          .jdbc
          .sql("update caravan.data_sources set jdbc_url = ?, username = ? where id = ?")
          .params(
              "jdbc:postgresql://localhost:%d/%s"
                  .formatted(database.getPortNumbers()[0], database.getDatabaseName()),
              user,
              source)
          .update();
      var column =
          new SearchableColumn(database.getDatabaseName(), "public", table, "name", null, null);
      id = caravan.columns.replace(source, List.of(column)).getFirst().id();
      store(stored);
    }

    void store(String... stored) {
      List<ValueCount> values =
          List.of(stored).stream().map(value -> new ValueCount(value, 500)).toList();
      caravan.stored.replace(id, values, new ReplaceOptions(false, false, 2000, null, false));
    }

    SearchResult search(String q, int limit) {
      return caravan.search.search(source, "public", table, "name", q, limit);
    }

    List<String> find(String q) {
      return search(q, 10).values().stream().map(FoundValue::value).toList();
    }
  }

  private Cut cut(String... stored) {
    return new Cut(CARAVAN, "city", "postgres", stored);
  }

  /** Each row takes its time, so that reading them all takes far longer than anybody waits. */
  private Cut slow(String... stored) {
    customer
        .sql(
            """
            create view slow as
            select 'Slow ' || i || pg_sleep(0.1)::text as name from generate_series(1, 1000) i\
            """)
        .update();
    return new Cut(CARAVAN, "slow", "postgres", stored);
  }

  private int sessions(String condition) {
    return onlooker
        .sql("select count(*) from pg_stat_activity where datname = ? and " + condition)
        .param(database.getDatabaseName())
        .query(Integer.class)
        .single();
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("gave up waiting").isLessThan(end);
    }
  }

  @Test
  void findsValuesBeyondTheCapBehindAFrequentOne() {
    SearchResult found = cut("Berlin").search("BER", 10);

    assertThat(found.values())
        .containsExactly(
            new FoundValue("Berlin", 500),
            new FoundValue("Bergisch Gladbach", 1),
            new FoundValue("Bern", 1),
            new FoundValue("Bernau", 1));
    assertThat(found.truncated()).isFalse();
    assertThat(found.complete()).isFalse();
  }

  @Test
  void putsTheExactValueFirstThatOnlyTheSourceKnows() {
    assertThat(cut("Xenia", "Axe").find("xe")).containsExactly("XE", "Xenia", "Axe");
  }

  @Test
  void prefersAValueOfTheSourceToAStoredOneWithATypingError() {
    assertThat(cut("Bornau").find("Berna")).containsExactly("Bernau", "Bornau");
  }

  @Test
  void saysThatThereAreMoreThanFit() {
    assertThat(cut("Berlin").search("ber", 3).truncated()).isTrue();
    assertThat(cut("Berlin").search("ber", 4).truncated()).isFalse();
  }

  @Test
  void saysThatThereMayBeMoreWhenRowsOfOneValueAreAllThatItRead() {
    SearchResult found = cut("Bernau").search("berl", 10);

    assertThat(found.values()).contains(new FoundValue("Berlin", 1));
    assertThat(found.truncated()).isTrue();
  }

  @Test
  void leavesTheSourceAloneWhenItNeedNotBeAsked() {
    assertThat(cut("Berlin").find("b")).containsExactly("Berlin");
    assertThat(cut("Berlin").find("")).containsExactly("Berlin");
    assertThat(cut("Berlin", "Bern").search("ber", 2).truncated()).isTrue();
    Cut wide = cut("Berlin");
    assertThat(CARAVAN.search.search(wide.source, "public", "city", null, "ber", 10).values())
        .containsExactly(new FoundValue("Berlin", 500));
    assertThat(wide.find("x".repeat(1001))).isEmpty();

    assertThat(sessions("true")).isZero();
  }

  @Test
  void stopsASlowSourceAfterTwoSeconds() {
    Cut slow = slow("Slow food");
    long start = System.nanoTime();

    SearchResult found = slow.search("slow", 10);

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(SourceLookup.PATIENCE, SourceLookup.PATIENCE.plusMillis(1500));
    assertThat(found.values()).containsExactly(new FoundValue("Slow food", 500));
    assertThat(found.truncated()).isTrue();
    await(() -> sessions("state <> 'idle' and query like '%slow%'") == 0);
  }

  @Test
  void asksASourceOneQuestionAtATime() throws Exception {
    Cut slow = slow("Slow food");
    CompletableFuture<SearchResult> first =
        CompletableFuture.supplyAsync(() -> slow.search("slow", 10));
    await(() -> sessions("state = 'active' and query like '%\"slow\"%'") == 1);
    long start = System.nanoTime();

    SearchResult second = slow.search("slow f", 10);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    assertThat(first).isNotDone();
    assertThat(second.values()).containsExactly(new FoundValue("Slow food", 500));
    assertThat(second.truncated()).isTrue();
    assertThat(first.get(10, TimeUnit.SECONDS).truncated()).isTrue();
  }

  @Test
  void answersFromTheStoreWhenTheSourceRefusesAndDoesNotTryAtEveryKeyStroke() {
    String user = "late_" + database.getDatabaseName();
    Cut refused = new Cut(CARAVAN, "city", user, "Berlin");

    SearchResult found = refused.search("ber", 10);
    customer.sql("create role " + user + " login superuser").update();

    assertThat(found.values()).containsExactly(new FoundValue("Berlin", 500));
    assertThat(found.truncated()).isTrue();
    assertThat(refused.find("ber")).containsExactly("Berlin");
    assertThat(new Cut(CARAVAN, "city", user, "Berlin").find("ber")).contains("Bernau");
  }

  @Test
  void answersFromTheStoreUntilAMissingTableIsBack() {
    Cut column = cut("Berlin");
    customer.sql("alter table city rename to town").update();
    assertThat(column.search("ber", 10).truncated()).isTrue();
    assertThat(column.find("ber")).containsExactly("Berlin");
    customer.sql("alter table town rename to city").update();

    assertThat(column.find("ber")).contains("Bernau");
  }

  @Test
  void asksAgainWhatTheColumnIsWhenItsListHasBeenReadAgain() {
    Cut column = cut("Berlin");
    assertThat(column.find("ber")).contains("Bernau");
    customer.sql("drop table city").update();
    customer.sql("create table city as select array['Bergen'] as name").update();
    column.store("Bergheim");

    assertThat(column.find("ber")).containsExactly("Bergheim", "Bergen");
  }

  @Test
  void neverAsksWhenSwitchedOff() {
    try (Caravans silent =
        new Caravans(TestDatabase.migrated(), Map.of("caravan.valuesync.ask-source", "false"))) {
      SearchResult found = new Cut(silent, "city", "postgres", "Berlin").search("ber", 10);

      assertThat(found.values()).containsExactly(new FoundValue("Berlin", 500));
      assertThat(found.truncated()).isTrue();
      assertThat(sessions("true")).isZero();
    }
  }
}
