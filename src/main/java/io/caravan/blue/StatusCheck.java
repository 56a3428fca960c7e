package io.caravan.blue;

import java.time.Instant;

/**
 * One look at Green's task.
 *
 * @param status as Green said, or {@code unreachable}
 */
public record StatusCheck(Instant at, String status) {
  static final String UNREACHABLE = "unreachable";
}
