package io.caravan.connectorsync.dataset;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A record as it came.
 *
 * @param position among the load's, from 1
 * @param bytes about as many as its JSON has
 */
record Arrival(long position, JsonNode json, long bytes) {
  static Arrival of(long position, JsonNode json) {
    return new Arrival(position, json, size(json));
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
