package io.caravan.paging;

import com.fasterxml.jackson.core.JsonPointer;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * Where the next page of a list is. The words are those of CONTRACT's connectors.
 *
 * @param type how the list is paged
 * @param parameter of the query that holds the page, offset or cursor
 * @param start number of the first page, or the first offset
 * @param size elements a page; null when the server decides
 * @param sizeParameter of the query that asks for the size; null for none
 * @param path where a page's body holds the cursor or the next page's address; null otherwise
 */
public record Paginator(
    Type type, String parameter, long start, Integer size, String sizeParameter, JsonPointer path) {

  /** How lists are paged. */
  public enum Type {
    /** Everything comes in one body. */
    NONE,
    /** By number; a page without elements, or with fewer than {@code size}, is the last. */
    PAGE,
    /** By the number of elements before the page; ends like {@link #PAGE}. */
    OFFSET,
    /** The body holds a cursor for the next page, and none at the end. */
    CURSOR,
    /** The header {@code Link} names the next page (RFC 8288). */
    LINK,
    /** The body holds the address of the next page, and none at the end. */
    NEXT_URL
  }

  /** Everything in one body. */
  public static final Paginator NONE = new Paginator(Type.NONE, null, 0, null, null, null);

  public boolean isPaged() {
    return type != Type.NONE;
  }

  /** Whether a page's body alone tells which one is next. */
  public boolean isToldByBody() {
    return type != Type.LINK;
  }

  /** Whether it takes counting to know which page is the last. */
  public boolean isCounted() {
    return type == Type.PAGE || type == Type.OFFSET;
  }

  /** The same with another size of full pages. */
  public Paginator withSize(int newSize) {
    return new Paginator(type, parameter, start, newSize, sizeParameter, path);
  }

  /**
   * @param list address of the list
   * @return address of its first page
   */
  public URI first(URI list) {
    URI sized = sizeParameter == null ? list : with(list, sizeParameter, String.valueOf(size));
    return isCounted() ? with(sized, parameter, String.valueOf(start)) : sized;
  }

  /**
   * @param number of the page that was read, from 0
   * @param seen elements read so far, this page included
   * @return address of the page after {@code page}; empty after the last
   * @throws Failure of kind data when the next address is none; of kind configuration when it is
   *     another server's, or the page's own
   */
  public Optional<URI> next(URI page, long number, long seen, Page read) {
    Optional<URI> next =
        switch (type) {
          case NONE -> Optional.empty();
          case PAGE -> counted(page, start + number + 1, read);
          case OFFSET -> counted(page, start + seen, read);
          case CURSOR -> read.text(path).map(cursor -> with(page, parameter, cursor));
          case LINK -> read.nextLink().map(link -> resolved(page, link));
          case NEXT_URL -> read.text(path).map(link -> resolved(page, link));
        };
    next.ifPresent(address -> check(page, address));
    return next;
  }

  private Optional<URI> counted(URI page, long next, Page read) {
    long elements = read.elements();
    boolean last = elements == 0 || size != null && elements < size;
    return last ? Optional.empty() : Optional.of(with(page, parameter, String.valueOf(next)));
  }

  private static URI resolved(URI page, String link) {
    try {
      // java.net.URI drops the last segment before a mere query, against RFC 3986.
      return page.resolve(link.startsWith("?") ? page.getRawPath() + link : link);
    } catch (IllegalArgumentException e) {
      throw new Failure(FailureKind.DATA, "The address of the next page is none.", e);
    }
  }

  /** The request may carry credentials, which are for the server that was asked first. */
  private static void check(URI page, URI next) {
    if (!String.valueOf(page.getScheme()).equalsIgnoreCase(next.getScheme())
        || !String.valueOf(page.getAuthority()).equalsIgnoreCase(next.getAuthority())) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "The next page is said to be at another server, which was not asked.");
    }
    if (page.equals(next)) {
      throw new Failure(FailureKind.DATA, "A page says that the page after it is itself.");
    }
  }

  private static URI with(URI address, String name, String value) {
    return UriComponentsBuilder.fromUri(address)
        .replaceQueryParam(name, UriUtils.encode(value, StandardCharsets.UTF_8))
        .build(true)
        .toUri();
  }
}
