package io.caravan.connectorsync.file;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.failure.StopSignal;
import java.io.IOException;
import java.io.InputStream;

/** Where the records of a file go. */
interface Records {
  void record(ObjectNode record);

  /**
   * @param reason why something is no record
   * @param seen what stood there; null when that cannot be shown
   */
  void leftOut(String reason, String seen);

  /** Takes JSON or NDJSON. */
  void page(InputStream json, JsonPointer path) throws IOException;

  /** Fires when reading has to end. */
  StopSignal stop();
}
