package io.caravan.source;

/**
 * All that is needed to connect to a data source.
 *
 * @param name what people call it
 * @param password in clear, null when there is none
 */
record Login(String name, SourceType type, String jdbcUrl, String username, String password) {
  /** What a message calls the place we connect to. */
  String place() {
    return "data source \"" + name + "\" (" + JdbcUrlCheck.place(jdbcUrl) + ")";
  }

  @Override
  public String toString() {
    return place();
  }
}
