package io.caravan.camel;

import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Which headers an answer of the API has: those of the contract. Camel would send the request's
 * parameters back with them.
 */
@Component
class AnswerHeaders extends HttpHeaderFilterStrategy {
  static final String CHANGED_SINCE = "Caravan-Changed-Since";

  private static final Set<String> OURS = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  static {
    OURS.addAll(
        Set.of(
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.LOCATION,
            HttpHeaders.WWW_AUTHENTICATE,
            "Preference-Applied",
            CHANGED_SINCE));
  }

  /** Whether the header is left out of the answer. */
  @Override
  public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
    return !OURS.contains(name);
  }
}
