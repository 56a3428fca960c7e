package io.caravan.connectorsync.dataset;

/** How records are written for readers. */
public enum RecordFormat {
  /** An array of objects. */
  JSON("application/json"),
  /** An object a line. */
  NDJSON("application/x-ndjson"),
  /** RFC 4180 with the names in the first line; objects and arrays as JSON. */
  CSV("text/csv");

  private final String mediaType;

  RecordFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  /** As in {@code Content-Type}. */
  public String mediaType() {
    return mediaType;
  }
}
