package io.caravan.valuesync;

import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Notes which columns are searched at all, so that unused ones need not be read again. At most once
 * a minute a column, and never while somebody waits for suggestions.
 */
@Component
class LastReads {
  private static final Logger LOG = LoggerFactory.getLogger(LastReads.class);
  private static final long INTERVAL_MILLIS = 60_000;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Map<Integer, Long> noted = new ConcurrentHashMap<>();
  private final Map<Integer, Boolean> pending = new ConcurrentHashMap<>();
  private final AtomicBoolean writing = new AtomicBoolean();

  LastReads(DataSource dataSource) {
    jdbc = JdbcClient.create(dataSource);
    clock = Clock.systemUTC();
  }

  void note(Collection<Integer> columnNos) {
    long now = clock.millis();
    boolean due = false;
    for (Integer columnNo : columnNos) {
      Long before = noted.get(columnNo);
      if (before == null || now - before >= INTERVAL_MILLIS) {
        noted.put(columnNo, now);
        pending.put(columnNo, true);
        due = true;
      }
    }
    if (due && writing.compareAndSet(false, true)) {
      Thread.ofVirtual().name("valuesync-last-reads").start(this::write);
    }
  }

  private void write() {
    try {
      while (!pending.isEmpty()) {
        Integer[] columnNos = pending.keySet().toArray(Integer[]::new);
        for (Integer columnNo : columnNos) {
          pending.remove(columnNo);
        }
        writeNow(columnNos);
      }
    } catch (RuntimeException e) {
      // Losing a note costs nothing but a needless refresh being skipped a day later.
      LOG.warn("Could not note which columns were searched: {}", e.getClass().getSimpleName());
    } finally {
      writing.set(false);
    }
  }

  /** Leaves a column out that is being written at this moment instead of waiting for it. */
  private void writeNow(Integer[] columnNos) {
    jdbc.sql(
            """
            update valuesync.searchable_column
            set last_read_at = now()
            where column_no in (
              select column_no from valuesync.searchable_column
              where column_no = any(?) and (last_read_at is null or last_read_at < now() - interval '1 minute')
              for no key update skip locked)
            """)
        .param(columnNos)
        .update();
  }
}
