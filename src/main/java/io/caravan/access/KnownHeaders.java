package io.caravan.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Set;

/**
 * A request of which only the headers are seen that the API knows. Who may call was decided before.
 */
final class KnownHeaders extends HttpServletRequestWrapper {
  private static final Set<String> KNOWN =
      Set.of(
          "accept",
          "content-encoding",
          "content-length",
          "content-type",
          "host",
          "idempotency-key",
          "prefer",
          "transfer-encoding");

  KnownHeaders(HttpServletRequest request) {
    super(request);
  }

  private static boolean known(String name) {
    return KNOWN.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Who says nothing sends JSON, or no body at all, as {@code curl -X POST} does. */
  @Override
  public String getContentType() {
    String said = super.getContentType();
    return said == null ? "application/json" : said;
  }

  @Override
  public String getHeader(String name) {
    return known(name) ? super.getHeader(name) : null;
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return known(name) ? super.getHeaders(name) : Collections.emptyEnumeration();
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    return Collections.enumeration(
        Collections.list(super.getHeaderNames()).stream().filter(KnownHeaders::known).toList());
  }
}
