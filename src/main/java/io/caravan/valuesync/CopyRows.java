package io.caravan.valuesync;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.util.Iterator;
import java.util.function.Function;

/**
 * Rows on their way into {@code COPY … FROM STDIN}, one line made at a time, so that a million rows
 * need no memory. Text format: https://www.postgresql.org/docs/current/sql-copy.html
 */
final class CopyRows<T> extends InputStream {
  private final Iterator<T> rows;
  private final Function<T, String> line;
  private byte[] present = {};
  private int at;

  /**
   * @param line a row's columns with tabs between, without a line end; text through {@link
   *     #escaped}
   */
  CopyRows(Iterable<T> rows, Function<T, String> line) {
    this.rows = rows.iterator();
    this.line = line;
  }

  static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t");
  }

  @Override
  public int read() {
    return fill() ? present[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int from, int length) {
    if (!fill()) {
      return -1;
    }
    int copied = 0;
    while (copied < length && fill()) {
      int part = Math.min(length - copied, present.length - at);
      System.arraycopy(present, at, into, from + copied, part);
      at += part;
      copied += part;
    }
    return copied;
  }

  private boolean fill() {
    if (at < present.length) {
      return true;
    }
    if (!rows.hasNext()) {
      return false;
    }
    present = (line.apply(rows.next()) + '\n').getBytes(UTF_8);
    at = 0;
    return true;
  }
}
