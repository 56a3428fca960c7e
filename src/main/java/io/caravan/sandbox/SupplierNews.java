package io.caravan.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** A supplier's news as RSS 2.0: the twenty newest, and another one every two minutes. */
final class SupplierNews {
  private static final Duration EVERY = Duration.ofMinutes(2);
  private static final int SHOWN = 20;
  private static final String[] SUBJECTS = {
    "New lamps in stock", "Prices of oak rise", "Closed on Friday", "Chairs are back", "Catalogue"
  };

  private SupplierNews() {}

  static String at(String url, Instant begun, Instant now) {
    long newest = SHOWN + Duration.between(begun, now).dividedBy(EVERY);
    StringBuilder feed =
        new StringBuilder(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <rss version="2.0"><channel><title>Kestrel Supply</title><link>%s</link><description>News</description>
            """
                .formatted(url));
    for (long number = newest; number > newest - SHOWN; number--) {
      Instant published = begun.plus(EVERY.multipliedBy(number - SHOWN));
      feed.append(
          """
          <item><title>%s</title><link>%s/news/%d</link><guid isPermaLink="false">news-%d</guid><pubDate>%s</pubDate></item>
          """
              .formatted(
                  SUBJECTS[(int) (number % SUBJECTS.length)],
                  url,
                  number,
                  number,
                  DateTimeFormatter.RFC_1123_DATE_TIME.format(published.atOffset(ZoneOffset.UTC))));
    }
    return feed.append("</channel></rss>\n").toString();
  }
}
