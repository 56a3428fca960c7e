package io.caravan.connectorsync.rest;

import java.time.Duration;

/**
 * How a list is asked for what changed since it was read.
 *
 * @param parameter of the query
 * @param value of the parameter, with {@value #CURSOR} or {@value #MOMENT} where the highest cursor
 *     goes
 * @param overlap how much earlier than the highest cursor is asked, where that is a time: servers
 *     write times down before others can see the record
 */
public record Since(String parameter, String value, Duration overlap) {
  /** Stands for the cursor as the server wrote it. */
  static final String CURSOR = "{cursor}";

  /** Stands for the cursor as a moment in UTC, with Z at its end. */
  static final String MOMENT = "{moment}";

  /** What the parameter says, not encoded. */
  String of(String cursor) {
    String earlier = CursorValue.earlier(cursor, overlap);
    return value.replace(CURSOR, earlier).replace(MOMENT, CursorValue.utc(earlier));
  }
}
