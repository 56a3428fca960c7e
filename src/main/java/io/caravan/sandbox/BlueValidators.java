package io.caravan.sandbox;

import com.sun.net.httpserver.Headers;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * By what a client tells whether it has an answer already (RFC 9110, sections 8.8 and 13.1).
 *
 * @param tag with its quotation marks
 * @param changed in whole seconds, as dates of HTTP are
 */
record BlueValidators(String tag, Instant changed) {
  /** Java's own format of these dates leaves out the zero before a day of one digit. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** A date that is still to come must not be told; the tag is enough until then. */
  void writeTo(Headers answer) {
    answer.set("ETag", tag);
    if (!changed.isAfter(Instant.now())) {
      answer.set("Last-Modified", DATE.format(changed));
    }
  }

  /** Whether a request names this state. Where it names both, only the tags count. */
  boolean knownTo(Headers request) {
    List<String> tags = request.get("If-None-Match");
    return tags == null
        ? isSince(request.getFirst("If-Modified-Since"))
        : tags.stream()
            .flatMap(line -> Stream.of(line.split(",")))
            .map(known -> known.strip().replaceFirst("^W/", ""))
            .anyMatch(known -> known.equals("*") || known.equals(tag));
  }

  /** A date that cannot be read counts as none. */
  private boolean isSince(String date) {
    try {
      return date != null && !changed.isAfter(DATE.parse(date, Instant::from));
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
