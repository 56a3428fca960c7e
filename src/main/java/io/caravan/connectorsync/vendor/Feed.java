package io.caravan.connectorsync.vendor;

import com.rometools.rome.feed.synd.SyndCategory;
import com.rometools.rome.feed.synd.SyndContent;
import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.SyndFeedInput;
import com.rometools.rome.io.XmlReader;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Entries of a feed: RSS 2.0, RSS 1.0 or Atom (RFC 4287). A document type is refused, and with it
 * external entities and those that grow.
 */
public final class Feed {
  /** Name of the field that tells one entry from another. */
  public static final String KEY = "id";

  private Feed() {}

  /**
   * @param xml read whole; closed afterwards
   * @param place that it comes from, for messages
   * @param contentType of the answer, which may name the charset; null for none
   * @return a record for each entry, as the feed has them in order
   * @throws Failure of kind data when it is no feed
   */
  public static List<Map<String, Object>> entries(
      InputStream xml, String place, String contentType) {
    try (XmlReader text = new XmlReader(xml, contentType)) {
      SyndFeedInput input = new SyndFeedInput();
      input.setAllowDoctypes(false);
      SyndFeed feed = input.build(text);
      return feed.getEntries().stream().map(entry -> record(entry, feed)).toList();
    } catch (FeedException | IllegalArgumentException | IOException e) {
      boolean hasDoctype = String.valueOf(e.getMessage()).contains("DOCTYPE");
      throw new Failure(
          FailureKind.DATA,
          hasDoctype
              ? "%s holds a document type (DOCTYPE), which no feed needs; it is not read."
                  .formatted(place)
              : "%s is no feed of RSS or Atom; check whether url is that of the feed and not of its page."
                  .formatted(place),
          e);
    }
  }

  private static Map<String, Object> record(SyndEntry entry, SyndFeed feed) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put(KEY, id(entry));
    put(record, "link", entry.getLink());
    put(record, "title", entry.getTitle());
    put(record, "author", entry.getAuthor());
    put(record, "publishedAt", time(entry.getPublishedDate()));
    put(record, "updatedAt", time(entry.getUpdatedDate()));
    put(
        record,
        "summary",
        entry.getDescription() == null ? null : entry.getDescription().getValue());
    put(record, "content", content(entry));
    put(
        record,
        "categories",
        entry.getCategories().stream()
            .map(SyndCategory::getName)
            .filter(Objects::nonNull)
            .toList());
    put(
        record,
        "enclosures",
        entry.getEnclosures().stream()
            .map(
                one -> {
                  Map<String, Object> enclosure = new LinkedHashMap<>();
                  put(enclosure, "url", one.getUrl());
                  put(enclosure, "type", one.getType());
                  enclosure.put("length", one.getLength());
                  return enclosure;
                })
            .toList());
    put(record, "feed", feed.getTitle());
    return record;
  }

  /** Its guid or id, its link, or what follows from its title and time. */
  private static String id(SyndEntry entry) {
    if (isGiven(entry.getUri())) {
      return entry.getUri();
    }
    if (isGiven(entry.getLink())) {
      return entry.getLink();
    }
    String rest = entry.getTitle() + "\n" + time(entry.getPublishedDate()) + "\n" + content(entry);
    return "urn:uuid:" + UUID.nameUUIDFromBytes(rest.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isGiven(String text) {
    return text != null && !text.isBlank();
  }

  private static String content(SyndEntry entry) {
    return entry.getContents().stream()
        .map(SyndContent::getValue)
        .filter(Objects::nonNull)
        .collect(Collectors.joining("\n"));
  }

  private static String time(Date date) {
    return date == null ? null : date.toInstant().toString();
  }

  private static void put(Map<String, Object> record, String name, Object value) {
    if (value != null && !value.equals("") && !value.equals(List.of())) {
      record.put(name, value);
    }
  }
}
