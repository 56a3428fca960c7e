package io.caravan.connectorsync.dataset;

import com.fasterxml.jackson.databind.JsonNode;

/** Is given the records of a page, in their order. */
interface RecordTaker {
  /**
   * @param record anything but an object cannot be stored
   * @param text its JSON in UTF-8 as it stood in the page; null where that is not known
   */
  void read(JsonNode record, byte[] text);

  /**
   * An object of which no more was read than the values of the key.
   *
   * @param keyParts as text, in the order of the key's fields
   */
  void unread(byte[] text, String[] keyParts);

  /**
   * @param reason why it is no record
   */
  void leftOut(String reason);
}
