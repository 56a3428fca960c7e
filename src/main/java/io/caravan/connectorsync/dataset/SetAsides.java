package io.caravan.connectorsync.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The records of a load that cannot be stored: all counted, the first ones kept. */
final class SetAsides {
  /** More of them tell nothing new. */
  static final int MOST_KEPT = 1_000;

  static final int LONGEST_KEPT = 10_000;

  private record Kept(long position, String reason, String record) {}

  private final List<Kept> kept = new ArrayList<>();
  private long count;

  /**
   * @param record null where it is not known
   */
  synchronized void add(long position, String reason, JsonNode record) {
    count++;
    if (kept.size() < MOST_KEPT) {
      kept.add(new Kept(position, reason, record == null ? null : shown(record)));
    }
  }

  synchronized long count() {
    return count;
  }

  /** In the order of the source; a batch that PostgreSQL refused comes late. */
  synchronized void store(JdbcClient jdbc, UUID dataset, UUID sync) {
    kept.sort((a, b) -> Long.compare(a.position(), b.position()));
    for (Kept one : kept) {
      jdbc.sql(
              """
              insert into connectorsync.set_aside_record (dataset_id, sync_id, position, reason, record)
              values (?, ?, ?, ?, ?)
              """)
          .params(dataset, sync, one.position(), one.reason(), one.record())
          .update();
    }
  }

  /** What PostgreSQL cannot hold is shown as the character that stands for such. */
  private static String shown(JsonNode record) {
    String text = record.toString();
    StringBuilder shown =
        new StringBuilder(text.substring(0, Math.min(text.length(), LONGEST_KEPT)));
    for (int i = 0; i < shown.length(); i++) {
      char c = shown.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < shown.length()
              && Character.isLowSurrogate(shown.charAt(i + 1));
      if (pair) {
        i++;
      } else if (c == 0 || Character.isSurrogate(c)) {
        shown.setCharAt(i, '\uFFFD');
      }
    }
    return shown.toString();
  }
}
