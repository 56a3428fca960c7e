package io.caravan.bluegreen;

import io.caravan.failure.ConflictException;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes a release the one that readers see: all views and {@code sync_metadata} in one transaction
 * (BG-09, section 4 item 1).
 */
@Component
class Publisher {
  private static final int ATTEMPTS = 200;
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final BlueGreenProperties properties;

  Publisher(
      JdbcClient jdbc, PlatformTransactionManager transactions, BlueGreenProperties properties) {
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
    this.properties = properties;
  }

  /**
   * Readers wait for the views at most as long as the lock time-out; a reader that holds its
   * transaction open makes this step back and try again.
   *
   * @throws ConflictException when another release is pinned, or this one's tables are in use for
   *     another
   * @throws Failure of kind transient when readers hold a view for as long as it is tried; of kind
   *     configuration when something that a user built on a view stands in the way
   */
  void publish(Releases.Release release) {
    for (int attempt = 1; ; attempt++) {
      try {
        transaction.executeWithoutResult(status -> flip(release));
        return;
      } catch (CannotAcquireLockException | QueryTimeoutException e) {
        if (attempt == ATTEMPTS) {
          throw new Failure(
              FailureKind.TRANSIENT,
              "Readers held the views of release %d too long; what is live has not changed."
                  .formatted(release.release()),
              e);
        }
        pause();
      }
    }
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
    boolean pinnedElsewhere =
        jdbc.sql("select exists (select from bluegreen.release where pinned and release <> ?)")
            .param(release.release())
            .query(Boolean.class)
            .single();
    if (pinnedElsewhere) {
      throw new ConflictException("Another release is pinned; unpin it first.");
    }
    release.entities().forEach(part -> point(part, release.release()));
    jdbc.sql("update bluegreen.release set status = 'kept' where status = 'live' and release <> ?")
        .param(release.release())
        .update();
    int published =
        jdbc.sql(
                """
                update bluegreen.release set status = 'live', published_at = now()
                 where release = ? and status in ('building', 'kept', 'live')
                """)
            .param(release.release())
            .update();
    if (published == 0) {
      throw new ConflictException(
          "The tables of release %d were taken for a newer one meanwhile."
              .formatted(release.release()));
    }
  }

  private void point(Releases.Part part, int release) {
    String view = GreenTables.view(part.entity());
    List<String> shown = columns(part.entity() + "_current");
    List<String> columns = columns(part.entity() + "_v" + part.version());
    List<String> ordered = new ArrayList<>(shown);
    ordered.retainAll(columns);
    columns.stream().filter(column -> !ordered.contains(column)).forEach(ordered::add);
    // Columns may be added behind the others; anything else needs a new view.
    if (!shown.isEmpty() && !(ordered.containsAll(shown) && sameTypes(part, shown))) {
      drop(part.entity(), view);
    }
    jdbc.sql(
            "create or replace view %s as select %s from %s"
                .formatted(
                    view,
                    GreenTables.names(ordered),
                    GreenTables.table(part.entity(), part.version())))
        .update();
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

  private boolean sameTypes(Releases.Part part, List<String> shown) {
    return types(part.entity() + "_current", shown)
        .equals(types(part.entity() + "_v" + part.version(), shown));
  }

  /** Never with cascade: what users built on a view is theirs. */
  private void drop(String entity, String view) {
    try {
      jdbc.sql("drop view " + view).update();
    } catch (CannotAcquireLockException | QueryTimeoutException e) {
      throw e;
    } catch (DataAccessException e) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "Columns of %s were removed or have another type, but views of yours stand on %s; change those first. Nothing was published."
              .formatted(entity, view),
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
