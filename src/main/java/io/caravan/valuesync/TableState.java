package io.caravan.valuesync;

/**
 * A sign of a table's state that changes when its rows do. Made by {@link ChangeProbe}; opaque to
 * everybody else.
 *
 * @param sign counters or a time of last change, as text; null when the source gives no reliable
 *     sign
 * @param snapshot which transactions were visible, as text, where the source can tell; else null
 * @param readAtMillis the source's own clock when this was read, milliseconds since 1970
 */
public record TableState(String sign, String snapshot, long readAtMillis) {
  /** A source that cannot tell: always counts as changed. */
  static final TableState UNKNOWN = new TableState(null, null, 0);
}
