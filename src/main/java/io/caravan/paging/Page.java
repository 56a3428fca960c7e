package io.caravan.paging;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.JsonPointerBasedFilter;
import com.fasterxml.jackson.core.filter.TokenFilter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a page that was read says about the one after it. */
public final class Page {
  private static final JsonMapper JSON = new JsonMapper();

  /** One link of the header {@code Link} (RFC 8288 section 3). */
  private static final Pattern LINK =
      Pattern.compile(
          "<([^>]*)>((?:\\s*;\\s*[\\w!#$&+.^`|~*-]+(?:\\s*=\\s*(?:\"[^\"]*\"|[^\\s,;\"]*))?)*)");

  private static final Pattern RELATION =
      Pattern.compile("(?i);\\s*rel\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,;\"]*))");

  private final String linkHeader;
  private final Body body;
  private final Count count;

  /**
   * @param linkHeader value of the header {@code Link}, several joined by commas; null when absent
   * @param count of the elements; asked only where pages are counted
   */
  public Page(String linkHeader, Body body, Count count) {
    this.linkHeader = linkHeader == null ? "" : linkHeader;
    this.body = body;
    this.count = count;
  }

  /** The page's body, read anew with each call. */
  @FunctionalInterface
  public interface Body {
    InputStream open() throws IOException;
  }

  /** Counts the page's elements. */
  @FunctionalInterface
  public interface Count {
    long elements() throws IOException;
  }

  long elements() {
    try {
      return count.elements();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** The text or number at this place; empty when there is none, null, or an empty text. */
  Optional<String> text(JsonPointer path) {
    try (JsonParser parser =
        new FilteringParserDelegate(
            JSON.createParser(body.open()),
            new JsonPointerBasedFilter(path),
            TokenFilter.Inclusion.ONLY_INCLUDE_ALL,
            false)) {
      var token = parser.nextToken();
      if (token == null || !token.isScalarValue() || parser.getText().isEmpty()) {
        return Optional.empty();
      }
      return switch (token) {
        case VALUE_NULL, VALUE_FALSE -> Optional.empty();
        default -> Optional.of(parser.getText());
      };
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static Failure unreadable(IOException e) {
    return new Failure(FailureKind.DATA, "A page is no JSON, so the next one cannot be found.", e);
  }

  /** The address of relation {@code next}. */
  Optional<String> nextLink() {
    Matcher link = LINK.matcher(linkHeader);
    while (link.find()) {
      Matcher relation = RELATION.matcher(link.group(2));
      if (relation.find()) {
        String names = relation.group(1) == null ? relation.group(2) : relation.group(1);
        if (Arrays.stream(names.split("\\s+")).anyMatch("next"::equalsIgnoreCase)) {
          return Optional.of(link.group(1));
        }
      }
    }
    return Optional.empty();
  }
}
