package io.caravan.connectorsync.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Records on their way to be made into rows; as many as are worth handing over at once. */
final class RecordGroup {
  private static final int RECORDS = 250;
  private static final long BYTES = 1 << 19;

  /**
   * A record of the group.
   *
   * @param position among the load's, from 1
   */
  record Member(long position, JsonNode record) {}

  private final List<Member> records = new ArrayList<>(RECORDS);
  private long bytes;

  void add(long position, JsonNode record) {
    records.add(new Member(position, record));
    bytes += size(record);
  }

  /** In the order of their positions. */
  List<Member> records() {
    return records;
  }

  boolean full() {
    return records.size() >= RECORDS || bytes >= BYTES;
  }

  /** About as many bytes as its JSON has. */
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
