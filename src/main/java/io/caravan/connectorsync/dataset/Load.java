package io.caravan.connectorsync.dataset;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;

/** Where a resource's records go: into its dataset, or to somebody who only tries a connector. */
public sealed interface Load extends AutoCloseable permits DatasetLoad, Sample {
  /**
   * Where the source was left at the last committed load.
   *
   * @return null where all has to be fetched
   */
  JsonNode cursorState();

  /** How many records came until now, good and bad. */
  long fetched();

  /**
   * Takes the records of a page, which is read as a stream.
   *
   * @param page JSON or NDJSON in UTF-8; closed when it is read
   * @param path where in it the records are: an array of them, or one; empty for the page itself
   * @return how many there were, good and bad
   * @throws io.caravan.failure.Failure of kind transient when the page breaks off, or the database
   *     is not there; of kind data when the page is no JSON or has nothing at {@code path}. The
   *     load can only be closed then
   */
  long records(InputStream page, JsonPointer path) throws IOException;

  /**
   * Takes a record.
   *
   * @param record an object, which nobody changes afterwards; anything else is set aside
   * @throws io.caravan.failure.Failure when the database does not take it or one before; the load
   *     can only be closed then
   */
  void record(JsonNode record);

  /**
   * Sets aside what the source could not make a record of.
   *
   * @param reason why, without a value of it
   * @param seen what stood there; null where that is not known
   */
  void leftOut(String reason, JsonNode seen);

  /** Gives up what was not committed. */
  @Override
  void close();
}
