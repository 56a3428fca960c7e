package io.caravan.reach;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.apache.hc.client5.http.utils.DateUtils;

/** What an answer means (RFC 9110 section 15, RFC 6585 section 4; docs/decisions/0004). */
final class AnswerRules {
  private static final int NO_CONTENT = 204;

  /**
   * What a 403 calls a limit that will be over: Salesforce (REST API guide, "Status Codes and Error
   * Responses") and Google (Drive API, "Resolve errors").
   */
  private static final List<String> LIMITS =
      List.of(
          "REQUEST_LIMIT_EXCEEDED",
          "rateLimitExceeded",
          "userRateLimitExceeded",
          "dailyLimitExceeded");

  private AnswerRules() {}

  /**
   * @throws Failure when the answer does not bring what was asked for
   */
  static void check(Received answer) {
    int status = answer.status();
    if (status < 200 || status >= 300) {
      throw refusal(answer);
    }
    answer.request().credentials().accepted();
    if (answer.request().accept().equals(Request.JSON) && status != NO_CONTENT && !isJson(answer)) {
      throw new Failure(
          FailureKind.DATA,
          answer.anything().length() == 0
              ? answer.request().place() + " answers nothing, where JSON was asked for."
              : "%s answers no JSON but%s; look whether the address is that of the API."
                  .formatted(answer.request().place(), quoted(answer)));
    }
  }

  private static Failure refusal(Received answer) {
    String place = answer.request().place();
    int status = answer.status();
    Duration wait = wait(answer);
    if (status == 429 || status == 403 && (wait != null || isLimit(answer))) {
      // GitHub and others refuse too many requests with 403.
      return new Failure(
          FailureKind.TRANSIENT,
          "%s had too many requests (HTTP %d)%s.".formatted(place, status, said(wait)),
          wait,
          null);
    }
    if (status == 401 && answer.request().credentials().refused()) {
      return new Failure(
          FailureKind.TRANSIENT,
          place
              + " does not take the token any more (HTTP 401); it is asked again with a new one.");
    }
    if (status == 401 || status == 403) {
      return new Failure(
          FailureKind.AUTHORISATION,
          "%s refuses who asks (HTTP %d): %s."
              .formatted(place, status, answer.request().credentials().renewal()));
    }
    if (status == 408 || status == 425 || status >= 500) {
      return new Failure(
          FailureKind.TRANSIENT,
          "%s did not answer as it should (HTTP %d)%s.".formatted(place, status, said(wait)),
          wait,
          null);
    }
    if (status == 404 || status == 410) {
      return new Failure(
          FailureKind.CONFIGURATION,
          "%s is not there (HTTP %d); check baseUrl and path.".formatted(place, status));
    }
    return new Failure(
        FailureKind.CONFIGURATION,
        "%s refuses the request (HTTP %d)%s; check path, parameters and headers."
            .formatted(place, status, answer.anything().length() == 0 ? "" : ":" + quoted(answer)));
  }

  private static boolean isLimit(Received answer) {
    return LIMITS.stream().anyMatch(answer::says);
  }

  private static String said(Duration wait) {
    return wait == null ? "" : " and asks to wait %d s".formatted(wait.toSeconds());
  }

  private static String quoted(Received answer) {
    String seen = answer.anything().glimpse();
    return seen.isEmpty() ? " something that cannot be shown" : " \"" + seen + "\"";
  }

  /** Seconds or a date (RFC 9110 section 10.2.3); null for none or one that cannot be read. */
  private static Duration wait(Received answer) {
    String value = answer.header("Retry-After").map(String::strip).orElse("");
    // Shopify writes them with a decimal point.
    if (value.matches("\\d{1,9}(\\.\\d{1,9})?")) {
      return Duration.ofSeconds((long) Math.ceil(Double.parseDouble(value)));
    }
    Instant until = DateUtils.parseStandardDate(value);
    if (until == null) {
      return null;
    }
    Duration wait = Duration.between(Instant.now(), until);
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  /**
   * JSON begins with none but these; whether it is JSON to its end, whoever reads it finds out. A
   * content type decides only that HTML is none: many servers send JSON as text.
   */
  private static boolean isJson(Received answer) {
    String type = answer.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    try (InputStream body = answer.anything().open()) {
      int first = body.read();
      // A mark of UTF-8, UTF-16 or UTF-32 may come first.
      while (first >= 0 && (first <= ' ' || "\u00ef\u00bb\u00bf\u00fe\u00ff".indexOf(first) >= 0)) {
        first = body.read();
      }
      return first == '['
          || first == '{'
          || !type.startsWith("text/html") && first >= 0 && "\"-0123456789tfn".indexOf(first) >= 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
