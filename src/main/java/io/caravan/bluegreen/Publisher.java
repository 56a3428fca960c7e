package io.caravan.bluegreen;

import io.caravan.failure.ConflictException;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes a release the one that readers see: all views and {@code sync_metadata} in one transaction
 * (BG-09, section 4 item 1).
 */
@Component
class Publisher {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration PAUSE = Duration.ofMillis(50);

  /**
   * Lock time-out, cancelled by a time-out, deadlock: Spring has no exception of its own for it.
   */
  private static final Set<String> HELD_BY_READERS = Set.of("55P03", "57014", "40P01");

  /** The session or the server was ended, or the server is not up again yet. */
  private static final Set<String> DATABASE_GONE = Set.of("57P01", "57P02", "57P03");

  private static final String CONNECTION_LOST = "08";
  private static final String OTHERS_DEPEND_ON_IT = "2BP01";

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final BlueGreenProperties properties;
  private final Duration patience;

  @Autowired
  Publisher(
      JdbcClient jdbc, PlatformTransactionManager transactions, BlueGreenProperties properties) {
    this(jdbc, transactions, properties, PATIENCE);
  }

  /**
   * @param patience how long it is tried while readers hold a view or the database is gone
   */
  Publisher(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      BlueGreenProperties properties,
      Duration patience) {
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
    this.properties = properties;
    this.patience = patience;
  }

  /**
   * Readers wait for the views at most as long as the lock time-out; a reader that holds its
   * transaction open makes this step back and try again. Once more for a release that is live
   * changes nothing, so a lost answer to the commit does no harm.
   *
   * @throws ConflictException when another release is pinned, or this one's tables are in use for
   *     another
   * @throws Failure of kind transient when readers hold a view or the database is gone for as long
   *     as it is tried; of kind configuration when something that a user built on a view stands in
   *     the way
   */
  void publish(Releases.Release release) {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        transaction.executeWithoutResult(status -> flip(release));
        return;
      } catch (DataAccessException | TransactionException e) {
        Failure later = perhapsLater(release, e);
        if (System.nanoTime() > end) {
          throw later;
        }
        pause();
      }
    }
  }

  /**
   * @return what to say when it does not pass
   */
  private static Failure perhapsLater(Releases.Release release, RuntimeException e) {
    String state = sqlState(e);
    if (HELD_BY_READERS.contains(state)) {
      return new Failure(
          FailureKind.TRANSIENT,
          "Readers held the views of release %d too long; what is live has not changed."
              .formatted(release.release()),
          e);
    }
    if (DATABASE_GONE.contains(state) || state.startsWith(CONNECTION_LOST)) {
      return new Failure(
          FailureKind.TRANSIENT,
          "Caravan's own database went away while release %d was published (SQLSTATE %s); what is live is whole."
              .formatted(release.release(), state),
          e);
    }
    throw e;
  }

  private static String sqlState(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException e && e.getSQLState() != null) {
        return e.getSQLState();
      }
    }
    return "";
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(FailureKind.INTERRUPTED, "The publishing was interrupted.", e);
    }
  }

  private void flip(Releases.Release release) {
    jdbc.sql("select set_config('lock_timeout', ?, true)")
        .param(properties.lockTimeout().toMillis() + "ms")
        .query(String.class)
        .single();
    // One release at a time is published or pinned, and none loses its tables meanwhile.
    jdbc.sql("lock table bluegreen.release in share row exclusive mode").update();
    boolean pinnedElsewhere =
        jdbc.sql("select exists (select from bluegreen.release where pinned and release <> ?)")
            .param(release.release())
            .query(Boolean.class)
            .single();
    if (pinnedElsewhere) {
      throw new ConflictException("Another release is pinned; unpin it first.");
    }
    setLive(release.release());
    release.entities().forEach(part -> note(part, release.release()));
    // Everything is looked up before the first lock on a view, since readers wait from then on.
    List<ViewChange> changes = release.entities().stream().map(this::change).toList();
    changes.stream().filter(ViewChange::anew).forEach(this::createAnew);
    List<String> replacements =
        new ArrayList<>(
            changes.stream().filter(change -> !change.anew()).map(ViewChange::create).toList());
    // A reader's transaction that takes views in another order makes an attempt fail; one of the
    // next ones has its order. In one round trip, so that few readers come between.
    Collections.shuffle(replacements);
    if (!replacements.isEmpty()) {
      jdbc.sql(String.join(";", replacements)).update();
    }
  }

  private void setLive(int release) {
    jdbc.sql("update bluegreen.release set status = 'kept' where status = 'live' and release <> ?")
        .param(release)
        .update();
    int published =
        jdbc.sql(
                """
                update bluegreen.release set status = 'live', published_at = now()
                 where release = ? and status in ('building', 'kept', 'live')
                """)
            .param(release)
            .update();
    if (published == 0) {
      throw new ConflictException(
          "The tables of release %d were taken for a newer one meanwhile.".formatted(release));
    }
  }

  private void note(Releases.Part part, int release) {
    jdbc.sql(
            """
            insert into green.sync_metadata as m (entity_name, active_version, release)
            values (:entity, :version, :release)
            on conflict (entity_name) do update
               set backup_version = case when m.active_version = excluded.active_version
                                         then m.backup_version else m.active_version end,
                   active_version = excluded.active_version, release = excluded.release, updated_at = now()
            """)
        .param("entity", part.entity())
        .param("version", part.version())
        .param("release", release)
        .update();
  }

  /**
   * How a view comes to show another table.
   *
   * @param anew whether it has to be dropped before
   * @param create the statement that points it at the table
   * @param then statements that give a new view what the old one had
   */
  private record ViewChange(
      String entity, String view, boolean anew, String create, List<String> then) {}

  private ViewChange change(Releases.Part part) {
    String view = GreenTables.view(part.entity());
    List<String> shown = columns(part.entity() + "_current");
    List<String> columns = columns(part.entity() + "_v" + part.version());
    List<String> ordered = new ArrayList<>(shown);
    ordered.retainAll(columns);
    columns.stream().filter(column -> !ordered.contains(column)).forEach(ordered::add);
    // Columns may be added behind the others; anything else needs a new view.
    boolean anew = !shown.isEmpty() && !(ordered.containsAll(shown) && sameTypes(part, shown));
    return new ViewChange(
        part.entity(),
        view,
        anew,
        "create or replace view %s as select %s from %s"
            .formatted(
                view, GreenTables.names(ordered), GreenTables.table(part.entity(), part.version())),
        anew ? ViewGrants.of(jdbc, view, ordered) : List.of());
  }

  private boolean sameTypes(Releases.Part part, List<String> shown) {
    return types(part.entity() + "_current", shown)
        .equals(types(part.entity() + "_v" + part.version(), shown));
  }

  private void createAnew(ViewChange change) {
    drop(change);
    jdbc.sql(change.create()).update();
    change.then().forEach(statement -> jdbc.sql(statement).update());
  }

  /** Never with cascade: what users built on a view is theirs. */
  private void drop(ViewChange change) {
    try {
      jdbc.sql("drop view " + change.view()).update();
    } catch (DataAccessException e) {
      if (!OTHERS_DEPEND_ON_IT.equals(sqlState(e))) {
        throw e;
      }
      throw new Failure(
          FailureKind.CONFIGURATION,
          "Columns of %s were removed or have another type, but views of yours stand on %s; change those first. Nothing was published."
              .formatted(change.entity(), change.view()),
          e);
    }
  }

  private List<String> columns(String relation) {
    return jdbc.sql(
            """
            select attname from pg_attribute
             where attrelid = to_regclass('green.' || quote_ident(?)) and attnum > 0 and not attisdropped
             order by attnum
            """)
        .param(relation)
        .query(String.class)
        .list();
  }

  private List<String> types(String relation, List<String> columns) {
    return jdbc.sql(
            """
            select attname || ' ' || format_type(atttypid, atttypmod) from pg_attribute
             where attrelid = to_regclass('green.' || quote_ident(:relation)) and attname in (:columns)
             order by attname
            """)
        .param("relation", relation)
        .param("columns", columns)
        .query(String.class)
        .list();
  }
}
