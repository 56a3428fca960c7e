package io.caravan.connectorsync.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Says whether a record is still the same, and of all the same one. It is made of the key and of
 * the JSON values in the order of the columns, so it depends neither on the order of the fields nor
 * on the types of the columns.
 */
final class ContentHash {
  /** Of SHA-256; two records in 2^64 would be taken for the same. */
  private static final int BYTES = 16;

  /** No column's position. */
  private static final int KEY = -1;

  private final MessageDigest digest = sha256();
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
   * @param value what {@link ColumnValues} made of it; null where that is not known
   * @throws SetAside when PostgreSQL cannot hold the value
   */
  void add(Column column, JsonNode node, Object value) {
    if (node.isContainerNode()) {
      add(column.position(), 'j', value == null ? ColumnValues.json(node) : (byte[]) value);
    } else if (node.isTextual()) {
      add(
          column.position(),
          's',
          value != null && column.type() == ColumnType.TEXT
              ? (byte[]) value
              : ColumnValues.utf8(node.textValue()));
    } else if (node.isIntegralNumber() && node.canConvertToLong()) {
      begin(column.position(), 'i', Long.BYTES).putLong(node.longValue());
    } else {
      add(column.position(), node.isBoolean() ? 'b' : 'n', utf8(node.asText()));
    }
  }

  /** What has no column of its own, as sorted JSON. */
  void addMore(byte[] json) {
    add(Columns.MOST, 'j', json);
  }

  byte[] end() {
    digest.update(values.array(), 0, values.position());
    return Arrays.copyOf(digest.digest(), BYTES);
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

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
