package io.caravan.sandbox;

/** How the Blue stand-in hands out long lists. The real one does not page; other sources do. */
public enum BluePaging {
  /** Everything in one body; the query is ignored. */
  NONE,

  /** {@code ?page=&limit=}; the next page's address is in the {@code Link} header. */
  LINK_HEADER,

  /** {@code ?page=&limit=}; the next page's address is the body's {@code next}, null at the end. */
  NEXT_IN_BODY,

  /**
   * {@code ?cursor=&limit=}; the body's {@code nextCursor} is null at the end. A cursor goes on in
   * the edition it was begun in, while numbered pages shift when the data changes in between.
   */
  CURSOR
}
