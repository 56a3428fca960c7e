package io.caravan.connectorsync.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.reach.Body;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Checksum;
import org.springframework.util.StreamUtils;

/**
 * One look through a page, to its very end and without keeping it: that it is JSON, how many
 * records it has, and how far they go. So nothing of a page that is broken gets any further.
 */
final class PageScan {
  private static final JsonFactory JSON = new JsonFactory();

  /** Looked for where the names of an object are wanted, and nothing in it. */
  private static final JsonPointer NOWHERE = JsonPointer.compile("/\0");

  private static final int MOST_NAMES = 50;
  private static final int NAMES_SHOWN = 10;

  private final String place;
  private final Resource resource;
  private final Set<String> names = new LinkedHashSet<>();
  private boolean found;
  private long records;
  private long from = -1;
  private long to;
  private String highest;

  private PageScan(String place, Resource resource) {
    this.place = place;
    this.resource = resource;
  }

  /**
   * @param place that answered, for messages
   * @param recordPath the one of the resource's that counts for this page
   * @throws Failure of kind data when the body is no JSON in UTF-8 or breaks off; of kind
   *     configuration when no list can stand where the resource says
   */
  static PageScan of(Body body, String place, Resource resource, JsonPointer recordPath) {
    PageScan scan = new PageScan(place, resource);
    try (InputStream bytes = body.open();
        JsonParser parser = JSON.createParser(bytes)) {
      parser.nextToken();
      scan.descend(parser, recordPath, true);
      if (parser.nextToken() != null) {
        throw scan.failure("holds something behind its end", parser, null);
      }
    } catch (JsonEOFException e) {
      throw scan.failure("breaks off in the middle", e);
    } catch (StreamConstraintsException e) {
      throw scan.failure("is nested too deeply, or holds a text or number that is too long", e);
    } catch (JsonProcessingException e) {
      throw scan.failure(
          e.getOriginalMessage().startsWith("Invalid UTF-8")
              ? "is not in UTF-8"
              : e.getOriginalMessage().startsWith("Unexpected end-of-input")
                  ? "breaks off in the middle"
                  : "is no JSON",
          e);
    } catch (CharConversionException e) {
      throw scan.failure("is not in UTF-8", null, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return scan;
  }

  /** Whether the page has the place where records stand; an empty page may come without it. */
  boolean found() {
    return found;
  }

  long records() {
    return records;
  }

  /** The highest value of the cursor field; null when no record has one. */
  String highest() {
    return highest;
  }

  /** What an object has beside the place that was looked for, or instead of it. */
  Set<String> names() {
    return names;
  }

  /** A few of the {@link #names}, for messages. */
  List<String> namesShown() {
    return names.stream().limit(NAMES_SHOWN).toList();
  }

  /**
   * Of the records without what stands around them, which may tell the time or count requests. Two
   * checksums tell so few pages apart as well as a hash, in a small part of its time.
   */
  String digest(Body body) {
    if (from < 0) {
      // In UTF-16 nobody knows where they stand.
      return body.digest();
    }
    Checksum one = new CRC32();
    Checksum other = new CRC32C();
    try (InputStream bytes = body.open();
        OutputStream sums =
            new CheckedOutputStream(
                new CheckedOutputStream(OutputStream.nullOutputStream(), one), other)) {
      StreamUtils.copyRange(bytes, sums, from, to - 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return one.getValue() + "-" + other.getValue() + "-" + (to - from);
  }

  /** Steps over the present value, and looks at the list below it. */
  private void descend(JsonParser parser, JsonPointer path, boolean outermost) throws IOException {
    if (path.matches()) {
      list(parser, outermost);
    } else if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (outermost && names.size() < MOST_NAMES) {
          names.add(name);
        }
        parser.nextToken();
        if (path.matchesProperty(name)) {
          descend(parser, path.tail(), false);
        } else {
          parser.skipChildren();
        }
      }
    } else {
      if (outermost) {
        names.add(parser.currentToken() == JsonToken.START_ARRAY ? "a list" : "a single value");
      }
      parser.skipChildren();
    }
  }

  private void list(JsonParser parser, boolean outermost) throws IOException {
    found = true;
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_ARRAY) {
      from = parser.currentTokenLocation().getByteOffset();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        records++;
        record(parser, resource.cursorField());
      }
      to = parser.currentLocation().getByteOffset();
    } else if (token == JsonToken.START_OBJECT && !outermost) {
      records++;
      record(parser, resource.cursorField());
    } else if (token == JsonToken.START_OBJECT) {
      descend(parser, NOWHERE, true);
      throw new Failure(
          FailureKind.CONFIGURATION,
          "%s answers an object with %s, not a list; write where in it the records stand into recordPath of %s, for example /%s."
              .formatted(
                  place, namesShown(), resource.name(), names.stream().findFirst().orElse("data")));
    } else if (token != JsonToken.VALUE_NULL) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "%s answers a single value where recordPath of %s says that records stand; check it."
              .formatted(place, resource.name()));
    }
  }

  /** Steps over a record, and looks at its cursor field. */
  private void record(JsonParser parser, JsonPointer field) throws IOException {
    if (field == null || parser.currentToken() != JsonToken.START_OBJECT) {
      if (field != null && field.matches()) {
        note(parser);
      }
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = field.matchesProperty(parser.currentName());
      parser.nextToken();
      record(parser, wanted ? field.tail() : null);
    }
  }

  private void note(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_STRING && parser.getTextLength() > 0 || token.isNumeric()) {
      highest = CursorValue.higher(highest, parser.getText());
    }
  }

  private Failure failure(String what, JsonProcessingException e) {
    long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
    return failure(what, at, e);
  }

  private Failure failure(String what, JsonParser parser, IOException e) {
    return failure(what, parser == null ? -1 : parser.currentLocation().getByteOffset(), e);
  }

  private Failure failure(String what, long at, IOException e) {
    // Jackson's own message repeats the body, which is a customer's.
    return new Failure(
        FailureKind.DATA,
        "The answer of %s %s%s; nothing of this page is used."
            .formatted(place, what, at < 0 ? "" : " (at byte %d)".formatted(at)),
        e);
  }
}
