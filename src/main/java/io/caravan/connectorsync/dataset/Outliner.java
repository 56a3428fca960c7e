package io.caravan.connectorsync.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Outlines records. The same text is the same record, so nothing else of it has to be read; the
 * opposite is not true, as the order of fields or the spaces between them may differ.
 */
final class Outliner {
  private static final ObjectWriter JSON = new JsonMapper().writer();

  private final RecordKey key;
  private final Fingerprint fingerprint = new Fingerprint();

  Outliner(List<String> primaryKey) {
    this.key = new RecordKey(primaryKey);
  }

  /**
   * @throws SetAside when the record cannot be stored for its key
   */
  Outline outline(Arrival record) {
    String name = record.json() == null ? key.of(record.keyParts()) : key.of(record.json());
    byte[] text = name == null ? null : text(record);
    return new Outline(name, text == null ? null : hash(name, text), record);
  }

  /** The key is part of it, as the same text has another one when other fields become the key. */
  private byte[] hash(String key, byte[] text) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    fingerprint.add(bytes, bytes.length);
    fingerprint.add(text, text.length);
    return fingerprint.end();
  }

  private static byte[] text(Arrival record) {
    if (record.text() != null) {
      return record.text();
    }
    try {
      return JSON.writeValueAsBytes(record.json());
    } catch (JsonProcessingException e) {
      // A row cannot be made of it either, and tells why.
      return null;
    }
  }
}
