package io.caravan.connectorsync.dataset;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** The first records of a source, which nobody stores. */
public final class Sample implements Load {
  private final RecordReader reader;
  private final int size;
  private final List<JsonNode> records = new ArrayList<>();
  private final RecordTaker taker =
      new RecordTaker() {
        @Override
        public void read(JsonNode record, byte[] text) {
          record(record);
        }

        @Override
        public void unread(byte[] text, String[] keyParts) {
          throw new IllegalStateException("a sample wants all of a record");
        }

        @Override
        public void leftOut(String reason) {
          // The sync sets it aside.
        }
      };

  Sample(RecordReader reader, int size) {
    this.reader = reader;
    this.size = size;
  }

  /** Ends a sync that has shown enough of its records. */
  @SuppressWarnings("serial")
  public static final class Taken extends RuntimeException {
    Taken() {
      super("There are enough records for a sample.", null, false, false);
    }
  }

  /** Those that came until now. */
  public List<JsonNode> records() {
    return List.copyOf(records);
  }

  @Override
  public JsonNode cursorState() {
    return null;
  }

  @Override
  public long fetched() {
    return records.size();
  }

  /**
   * @throws Taken when there are enough
   */
  @Override
  public long records(InputStream page, JsonPointer path) throws IOException {
    return reader.read(page, path, List.of(), taker);
  }

  /**
   * @throws Taken when there are enough
   */
  @Override
  public void record(JsonNode record) {
    records.add(record);
    if (records.size() >= size) {
      throw new Taken();
    }
  }

  /** The sync sets it aside. */
  @Override
  public void leftOut(String reason, JsonNode seen) {}

  @Override
  public void close() {
    // Nothing is held.
  }
}
