package io.caravan.connectorsync.dataset;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A record as it came: read, or as its text with the values of its key.
 *
 * @param position among the load's, from 1
 * @param json null when it has not been read
 * @param text its JSON in UTF-8 as the source wrote it; null where the source brought none
 * @param keyParts values of the fields of the key, as text; null when it has been read
 * @param bytes about as many as its JSON has
 */
record Arrival(long position, JsonNode json, byte[] text, String[] keyParts, long bytes) {
  static Arrival unread(long position, byte[] text, String[] keyParts) {
    return new Arrival(position, null, text, keyParts, text.length);
  }

  /**
   * @param text null where the source brought none
   */
  static Arrival read(long position, JsonNode json, byte[] text) {
    return new Arrival(position, json, text, null, text == null ? size(json) : text.length);
  }

  private static long size(JsonNode node) {
    if (node.isTextual()) {
      return node.textValue().length();
    }
    long size = Long.BYTES;
    for (JsonNode inner : node) {
      size += size(inner);
    }
    return size;
  }
}
