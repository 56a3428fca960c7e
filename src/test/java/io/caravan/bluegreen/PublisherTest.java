package io.caravan.bluegreen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.TestDatabase;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Two entities, whose versions are tables made by hand. */
class PublisherTest {
  private static final String COLUMNS = "id text primary key, title text, size integer";

  private final PGSimpleDataSource database = TestDatabase.migrated();
  private final JdbcClient jdbc = JdbcClient.create(database);

  @BeforeEach
  void publishTheFirst() {
    publisher("20ms", Duration.ofSeconds(10)).publish(release(1, COLUMNS));
  }

  private static BlueGreenProperties properties(String lockTimeout) {
    return new Binder(
            new MapConfigurationPropertySource(
                Map.of("caravan.bluegreen.lock-timeout", lockTimeout)))
        .bind("caravan.bluegreen", BlueGreenProperties.class)
        .get();
  }

  private Publisher publisher(String lockTimeout, Duration patience) {
    return new Publisher(
        jdbc, new DataSourceTransactionManager(database), properties(lockTimeout), patience);
  }

  private void publish(Releases.Release release) {
    publisher("20ms", Duration.ofSeconds(10)).publish(release);
  }

  /** Version n of both entities is built, with the columns of the second as told. */
  private Releases.Release release(int n, String columns) {
    execute(
        "create table green.boards_v%d (id text primary key, title text)".formatted(n),
        "insert into green.boards_v%1$d values ('b', 'release %1$d')".formatted(n),
        "create table green.media_v%d (%s)".formatted(n, columns),
        "insert into green.media_v%1$d (id) values ('m%1$d')".formatted(n));
    jdbc.sql("insert into bluegreen.release (run_id, status) values (?, 'building')")
        .param(UUID.randomUUID())
        .update();
    for (String entity : List.of("boards", "media")) {
      jdbc.sql(
              """
              insert into bluegreen.release_entity (release, entity, version, rows, payload_hash)
              values (?, ?, ?, 1, '')
              """)
          .params(n, entity, n)
          .update();
    }
    return new Releases(jdbc, new ObjectMapper(), properties("20ms")).get(n);
  }

  private void execute(String... statements) {
    List.of(statements).forEach(statement -> jdbc.sql(statement).update());
  }

  private List<String> texts(String sql) {
    return jdbc.sql(sql).query(String.class).list();
  }

  /** What readers see, what is noted of it, and which release is live: all of one release. */
  private void isLive(int release) {
    assertThat(texts("select title from green.boards_current"))
        .containsExactly("release " + release);
    assertThat(texts("select id from green.media_current")).containsExactly("m" + release);
    assertThat(texts("select entity_name || active_version from green.sync_metadata order by 1"))
        .containsExactly("boards" + release, "media" + release);
    assertThat(texts("select release::text from bluegreen.release where status = 'live'"))
        .containsExactly(Integer.toString(release));
  }

  @Test
  void anAddedColumnComesLastAndViewsOfUsersStand() {
    execute("create view mine as select title, id from green.media_current");

    publish(release(2, "id text primary key, caption text, title text, size integer"));

    isLive(2);
    assertThat(columns("media_current")).containsExactly("id", "title", "size", "caption");
    assertThat(texts("select id from mine")).containsExactly("m2");
  }

  private List<String> columns(String view) {
    return texts(
        """
        select attname from pg_attribute
         where attrelid = 'green.%s'::regclass and attnum > 0 and not attisdropped order by attnum
        """
            .formatted(view));
  }

  @Test
  void aRemovedAndARetypedColumnLeaveTheViewItsOwnerOptionsGrantsAndComments() {
    execute(
        "create role \"Shop Owner\"",
        "create role green_reader",
        "create role green_auditor",
        "grant usage, create on schema green to \"Shop Owner\"",
        "grant pg_read_all_data to \"Shop Owner\"",
        "alter view green.media_current owner to \"Shop Owner\"",
        "alter view green.media_current set (security_barrier = true)",
        "alter default privileges in schema green grant select on tables to green_auditor",
        "grant select on green.media_current to green_reader with grant option",
        "grant select (id, size), update (title) on green.media_current to public",
        "comment on view green.media_current is 'It''s what we show; a :name and a ?'",
        "comment on column green.media_current.size is 'in bytes'",
        "comment on column green.media_current.title is 'goes away'");

    publish(release(2, "id text primary key, size bigint, caption text"));

    isLive(2);
    assertThat(columns("media_current")).containsExactlyInAnyOrder("id", "size", "caption");
    assertThat(texts("select pg_typeof(size)::text from green.media_current"))
        .containsExactly("bigint");
    assertThat(
            texts(
                """
                select concat_ws(' ', pg_get_userbyid(relowner), reloptions::text, obj_description(oid))
                  from pg_class where oid = 'green.media_current'::regclass
                """))
        .containsExactly("Shop Owner {security_barrier=true} It's what we show; a :name and a ?");
    assertThat(
            texts(
                """
                select concat_ws(' ', case when g.grantee = 0 then 'public' else g.grantee::regrole::text end,
                                 g.privilege_type, g.is_grantable)
                  from pg_class c, aclexplode(c.relacl) g
                 where c.oid = 'green.media_current'::regclass and g.grantee <> c.relowner
                """))
        .containsExactly("green_reader SELECT t");
    assertThat(
            texts(
                """
                select concat_ws(' ', attname, g.grantee, g.privilege_type, col_description(attrelid, attnum))
                  from pg_attribute left join lateral aclexplode(attacl) g on true
                 where attrelid = 'green.media_current'::regclass and attacl is not null order by 1
                """))
        .containsExactly("id 0 SELECT", "size 0 SELECT in bytes");
    execute("drop owned by \"Shop Owner\", green_reader, green_auditor cascade");
    execute("drop role \"Shop Owner\", green_reader, green_auditor");
  }

  @Test
  void aRetypedColumnBelowAViewOfAUserIsRefusedAsAWhole() {
    execute("create view mine as select size from green.media_current");

    Releases.Release second = release(2, "id text primary key, title text, size bigint");

    assertThatThrownBy(() -> publish(second))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIGURATION))
        .hasMessageContaining("Columns of media")
        .hasMessageContaining("views of yours stand on");
    isLive(1);
    execute("drop view mine");
    publish(second);
    isLive(2);
  }

  /** A transaction that has read a view and is not over. */
  private Connection readingMedia() throws SQLException {
    Connection reader = database.getConnection();
    reader.setAutoCommit(false);
    try (Statement statement = reader.createStatement()) {
      statement.execute("select from green.media_current");
    }
    return reader;
  }

  @Test
  void aReaderWhoHoldsAViewForLongerThanOurPatienceLosesNothing() throws Exception {
    Releases.Release second = release(2, COLUMNS);
    try (Connection reader = readingMedia()) {

      assertThatThrownBy(() -> publisher("20ms", Duration.ofMillis(300)).publish(second))
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.TRANSIENT))
          .hasMessageContaining("Readers held the views of release 2 too long");
      isLive(1);
    }
    publish(second);
    isLive(2);
  }

  @Test
  void aReaderWhoHoldsAViewForAWhileIsWaitedFor() throws Exception {
    Releases.Release second = release(2, COLUMNS);
    try (Connection reader = readingMedia()) {
      CompletableFuture<Void> publishing = CompletableFuture.runAsync(() -> publish(second));
      TimeUnit.MILLISECONDS.sleep(500);

      assertThat(publishing).isNotDone();
      isLive(1);
      reader.commit();
      publishing.get(20, TimeUnit.SECONDS);
    }
    isLive(2);
  }

  @Test
  void aSessionThatIsEndedInTheMidstOfPublishingIsFollowedByAnother() throws Exception {
    Releases.Release second = release(2, COLUMNS);
    try (Connection reader = readingMedia()) {
      CompletableFuture<Void> publishing =
          CompletableFuture.runAsync(
              () -> publisher("30s", Duration.ofSeconds(10)).publish(second));
      String waiting =
          " from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
      await().until(() -> texts("select pid::text" + waiting).size() == 1);

      assertThat(texts("select pg_terminate_backend(pid)::text" + waiting)).containsExactly("true");
      await().until(() -> texts("select pid::text" + waiting).size() == 1);
      reader.commit();
      publishing.get(20, TimeUnit.SECONDS);
    }
    isLive(2);
  }

  @Test
  void aDatabaseThatStaysAwayIsToldAndTheReleaseCanBePublishedLater() {
    Releases.Release second = release(2, COLUMNS);
    PGSimpleDataSource gone = new PGSimpleDataSource();
    gone.setURL("jdbc:postgresql://localhost:1/gone");
    Publisher without =
        new Publisher(
            JdbcClient.create(gone),
            new DataSourceTransactionManager(gone),
            properties("20ms"),
            Duration.ofMillis(100));

    assertThatThrownBy(() -> without.publish(second))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.TRANSIENT))
        .hasMessageContaining("database went away");
    isLive(1);
    publish(second);
    isLive(2);
  }
}
