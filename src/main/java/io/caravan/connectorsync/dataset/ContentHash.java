package io.caravan.connectorsync.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Says whether a record is still the same, and of all the same one. It is made of the key and of
 * the JSON values in the order of the columns, so it depends neither on the order of the fields nor
 * on the types of the columns.
 */
final class ContentHash {
  /** No column's position. */
  private static final int KEY = -1;

  private final Fingerprint fingerprint = new Fingerprint();
  private ByteBuffer values = ByteBuffer.allocate(4_096);

  /**
   * @param key of the record; null where the content is the key
   */
  void begin(String key) {
    values.clear();
    if (key != null) {
      add(KEY, 's', utf8(key));
    }
  }

  /**
   * @param column in which the value stands
   * @param node the value as it came
   * @param value what {@link ColumnValues} made of it
   */
  void add(Column column, JsonNode node, Object value) {
    if (node.isContainerNode()) {
      add(column.position(), 'j', (byte[]) value);
    } else if (node.isTextual()) {
      add(
          column.position(),
          's',
          column.type() == ColumnType.TEXT ? (byte[]) value : utf8(node.textValue()));
    } else if (node.isIntegralNumber() && node.canConvertToLong()) {
      add(column, node.longValue());
    } else if (ColumnValues.isNumber(node)) {
      add(column, node.decimalValue());
    } else {
      add(column.position(), node.isBoolean() ? 'b' : 'n', utf8(node.asText()));
    }
  }

  private void add(Column column, long number) {
    begin(column.position(), 'i', Long.BYTES).putLong(number);
  }

  /** PostgreSQL has the same value for 1e2 and 100, but another one for 100.0. */
  private void add(Column column, BigDecimal number) {
    if (number.scale() < 0 && number.toBigInteger().bitLength() < Long.SIZE) {
      add(column, number.longValue());
    } else {
      add(column.position(), 'n', utf8(number.toPlainString()));
    }
  }

  /** What has no column of its own, as sorted JSON. */
  void addMore(byte[] json) {
    add(Columns.MOST, 'j', json);
  }

  byte[] end() {
    fingerprint.add(values.array(), values.position());
    return fingerprint.end();
  }

  private void add(int position, char kind, byte[] bytes) {
    begin(position, kind, bytes.length).put(bytes);
  }

  private ByteBuffer begin(int position, char kind, int length) {
    int wanted = length + Integer.BYTES * 2 + Character.BYTES;
    if (values.remaining() < wanted) {
      values =
          ByteBuffer.allocate(Math.max(values.capacity() * 2, values.position() + wanted))
              .put(values.flip());
    }
    return values.putInt(position).putChar(kind).putInt(length);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
