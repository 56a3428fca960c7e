package io.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.StopSignal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.dbcp2.PoolableConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real pools of a DuckDB file, a clock that is set by hand. */
class SourcePoolsTest {
  @TempDir Path folder;

  private final AtomicLong clock = new AtomicLong();
  private final List<SourcePool> opened = new ArrayList<>();
  private final Drivers drivers = new Drivers(Path.of("drivers"));
  private final SourcePools pools = new SourcePools(this::open, 2, clock::get);
  private Login login;

  private SourcePool open(Login to) {
    SourcePool pool = new SourcePool(to, drivers, SourceProperties.defaults());
    opened.add(pool);
    return pool;
  }

  @BeforeEach
  void makeFile() {
    TestCustomer.Database database = TestCustomer.duckdb(folder);
    database.execute("create table item (id int)");
    login = new Login("Shop", SourceType.DUCKDB, database.url(), null, null);
  }

  @AfterEach
  void close() {
    pools.close();
  }

  private static void works(SourcePool pool) throws SQLException {
    PoolableConnection connection = pool.take(new StopSignal());
    assertThat(connection.isValid(1)).isTrue();
    pool.giveBack(connection, true);
  }

  private static void isClosed(SourcePool pool) {
    assertThatThrownBy(() -> pool.take(new StopSignal())).isInstanceOf(Failure.class);
  }

  @Test
  void onePoolServesOneSourceUntilItsLoginChanges() throws Exception {
    UUID id = UUID.randomUUID();
    Login changed = new Login("Shop", SourceType.DUCKDB, login.jdbcUrl(), null, "other");

    try (var first = pools.use(id, login);
        var second = pools.use(id, login)) {
      assertThat(second.pool()).isSameAs(first.pool());
      try (var third = pools.use(id, changed)) {
        assertThat(third.pool()).isNotSameAs(first.pool());
        works(first.pool());
      }
    }

    isClosed(opened.get(0));
    works(opened.get(1));
  }

  @Test
  void theLongestUnusedMakesRoom() throws Exception {
    for (int i = 0; i < 3; i++) {
      pools.use(UUID.randomUUID(), login).close();
      clock.incrementAndGet();
    }

    isClosed(opened.get(0));
    works(opened.get(1));
    works(opened.get(2));
  }

  @Test
  void whenAllAreInUseTheNextIsToldToTryAgain() {
    try (var first = pools.use(UUID.randomUUID(), login);
        var second = pools.use(UUID.randomUUID(), login)) {
      assertThatThrownBy(() -> pools.use(UUID.randomUUID(), login))
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.TRANSIENT))
          .hasMessageContaining("caravan.source.max-pools");
      assertThat(first.pool()).isNotSameAs(second.pool());
    }
  }

  @Test
  void whatNobodyUsedForLongIsClosed() throws Exception {
    try (var used = pools.use(UUID.randomUUID(), login)) {
      pools.use(UUID.randomUUID(), login).close();
      clock.addAndGet(Duration.ofMinutes(4).toNanos());
      pools.closeUnused(Duration.ofMinutes(5));
      works(opened.get(1));

      clock.addAndGet(Duration.ofMinutes(1).toNanos());
      pools.closeUnused(Duration.ofMinutes(5));

      isClosed(opened.get(1));
      works(used.pool());
    }
  }
}
