package io.caravan.connectorsync.file;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.connectorsync.Pull;
import java.util.List;

/** One list of files while it is read. */
public final class FileLoad {
  private final Pull pull;
  private final FileList list;
  private final JsonNode before;
  private final List<FoundFile> files;
  private JsonNode after;

  /**
   * @param before what was stored with the records that are there; null for nothing
   * @param files that are to be read; empty when none has changed
   * @param after what to store with those that come; null until something did
   */
  FileLoad(Pull pull, FileList list, JsonNode before, List<FoundFile> files, JsonNode after) {
    this.pull = pull;
    this.list = list;
    this.before = before;
    this.files = files;
    this.after = after;
  }

  /** The files that are to be read, one after the other. */
  public List<FoundFile> getFiles() {
    return files;
  }

  Pull pull() {
    return pull;
  }

  FileList list() {
    return list;
  }

  JsonNode before() {
    return before;
  }

  void read(JsonNode state) {
    after = state;
  }

  /** Whether anything was read, and with it all there is. */
  boolean complete() {
    return after != null;
  }

  JsonNode state() {
    return after == null ? before : after;
  }
}
