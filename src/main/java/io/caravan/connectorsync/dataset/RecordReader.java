package io.caravan.connectorsync.dataset;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.JsonPointerBasedFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/**
 * The records of a page of JSON, which is never in memory as a whole. A record that is too large or
 * too deep is left out while the others are read; what is no JSON ends the page.
 */
final class RecordReader {
  /** Of one record; the page around it may have levels of its own. */
  static final int DEEPEST = StreamReadConstraints.DEFAULT_MAX_DEPTH;

  /** A record beyond {@link #DEEPEST} is stepped over as long as it does not go this far. */
  private static final int DEEPEST_STEPPED_OVER = 100_000;

  private static final String BEYOND_NUMBERS = "it holds a number with too large an exponent";

  private final long largest;
  private final ObjectReader reader;

  /**
   * @param largest bytes of a record
   */
  RecordReader(long largest) {
    this.largest = largest;
    StreamReadConstraints limits =
        StreamReadConstraints.builder()
            .maxNestingDepth(DEEPEST_STEPPED_OVER)
            .maxStringLength(
                (int)
                    Math.clamp(
                        2 * largest,
                        StreamReadConstraints.DEFAULT_MAX_STRING_LEN,
                        Integer.MAX_VALUE))
            .build();
    reader =
        JsonMapper.builder(JsonFactory.builder().streamReadConstraints(limits).build())
            // 170.0 stays 170.0.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .readerFor(JsonNode.class);
  }

  /**
   * Gives every record of a page to {@code taker}.
   *
   * @param page JSON, or several JSON values one after the other (NDJSON)
   * @param path where the records are in each of them: an array, one record, or null for none
   * @param key fields whose values are enough to know a record by; empty when all of it is wanted
   * @return how many records there were
   * @throws Failure of kind transient when the page breaks off; of kind data when it is no JSON, or
   *     has nothing at {@code path}
   */
  long read(InputStream page, JsonPointer path, List<String> key, RecordTaker taker)
      throws IOException {
    PageBytes bytes = new PageBytes(page);
    try (Limited limited = new Limited(reader.createParser(bytes), bytes, largest);
        JsonParser parser = path.matches() ? limited : filtered(limited, path)) {
      long records = 0;
      boolean any = false;
      while (parser.nextToken() != null) {
        any = true;
        if (parser.currentToken() == JsonToken.START_ARRAY) {
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == null) {
              throw brokenOff(null);
            }
            record(parser, limited, key, taker);
            records++;
          }
        } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
          record(parser, limited, key, taker);
          records++;
        }
      }
      if (!any) {
        throw new Failure(
            FailureKind.DATA,
            path.matches()
                ? "The page is empty, where JSON was expected."
                : "The page is JSON with nothing at %s; correct the record path.".formatted(path));
      }
      return records;
    } catch (JsonProcessingException e) {
      throw explained(e);
    }
  }

  private static JsonParser filtered(JsonParser parser, JsonPointer path) {
    return new FilteringParserDelegate(
        parser, new JsonPointerBasedFilter(path), Inclusion.ONLY_INCLUDE_ALL, true);
  }

  private void record(JsonParser parser, Limited limited, List<String> key, RecordTaker taker)
      throws IOException {
    JsonStreamContext around =
        parser.currentToken().isStructStart()
            ? parser.getParsingContext().getParent()
            : parser.getParsingContext();
    limited.begin();
    JsonNode record = null;
    String[] keyParts = null;
    byte[] text;
    try {
      if (parser.currentToken() == JsonToken.START_OBJECT
          && !key.isEmpty()
          && limited.knowsText()) {
        keyParts = keyParts(parser, key);
      } else {
        record = reader.readValue(parser);
      }
      text = limited.end();
    } catch (SetAside | NumberFormatException e) {
      limited.forgive();
      while (parser.getParsingContext() != around && parser.nextToken() != null) {
        // To the end of the record.
      }
      taker.leftOut(e instanceof SetAside ? e.getMessage() : BEYOND_NUMBERS);
      return;
    }
    if (keyParts != null) {
      taker.unread(text, keyParts);
      return;
    }
    try {
      record = record == null ? tree(text) : record;
    } catch (SetAside e) {
      taker.leftOut(e.getMessage());
      return;
    }
    taker.read(record, text);
  }

  /** Goes to the end of an object; gives null unless {@link #tree} would have the same parts. */
  private static String[] keyParts(JsonParser parser, List<String> key) throws IOException {
    String[] parts = new String[key.size()];
    int levels = 1;
    while (levels > 0) {
      JsonToken token = parser.nextToken();
      int part =
          token == JsonToken.FIELD_NAME && levels == 1 ? key.indexOf(parser.currentName()) : -1;
      if (part >= 0) {
        token = parser.nextToken();
        parts[part] = isAsWritten(token, parser) ? parser.getText() : null;
      }
      levels += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
    }
    return Arrays.asList(parts).contains(null) ? null : parts;
  }

  private static boolean isAsWritten(JsonToken token, JsonParser parser) throws IOException {
    return token == JsonToken.VALUE_STRING
        || token == JsonToken.VALUE_NUMBER_INT && !parser.getText().startsWith("-0");
  }

  /**
   * Reads a record of which only the key was.
   *
   * @throws SetAside when it holds what Java cannot
   * @throws Failure of kind data when it is no JSON in a place where that was not looked for
   */
  JsonNode tree(byte[] text) {
    try {
      return reader.readTree(text);
    } catch (NumberFormatException e) {
      throw new SetAside(BEYOND_NUMBERS);
    } catch (IOException e) {
      throw e instanceof JsonProcessingException json
          ? explained(json)
          : new UncheckedIOException(e);
    }
  }

  private Failure explained(JsonProcessingException e) {
    if (e instanceof StreamConstraintsException) {
      return new Failure(
          FailureKind.DATA,
          "The page holds a text, a number or a nesting far beyond what a record may have.",
          e);
    }
    // Between two elements Jackson says the same with another type.
    return e instanceof JsonEOFException
            || e.getOriginalMessage().startsWith("Unexpected end-of-input")
        ? brokenOff(e)
        : new Failure(
            FailureKind.DATA,
            "The page is no JSON (line %d, column %d), perhaps an error page; look at the source."
                .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()),
            e);
  }

  private static Failure brokenOff(Exception e) {
    return new Failure(FailureKind.TRANSIENT, "The page breaks off in the middle.", null, e);
  }

  /** Looks at the size and the depth of a record before each of its tokens is read. */
  private static final class Limited extends JsonParserDelegate {
    private final PageBytes bytes;
    private final long largest;
    private long from;
    private boolean kept;
    private int levels;
    private boolean watching;

    Limited(JsonParser parser, PageBytes bytes, long largest) {
      super(parser);
      this.bytes = bytes;
      this.largest = largest;
    }

    /** Whether the record's text can be had; not of a page in UTF-16. */
    boolean knowsText() {
      return kept;
    }

    void begin() {
      from = delegate.currentTokenLocation().getByteOffset();
      kept = from >= 0 && bytes.keep(from);
      levels = 0;
      watching = true;
    }

    /** Gives the record's text, where that is known. */
    byte[] end() throws IOException {
      delegate.finishToken();
      checkSize();
      byte[] text = kept ? bytes.kept(delegate.currentLocation().getByteOffset()) : null;
      forgive();
      return text;
    }

    void forgive() {
      watching = false;
      bytes.forget();
    }

    @Override
    public JsonToken nextToken() throws IOException {
      if (!watching) {
        return delegate.nextToken();
      }
      checkSize();
      if (levels >= DEEPEST) {
        throw new SetAside("it is nested deeper than %,d levels".formatted(DEEPEST));
      }
      JsonToken token = delegate.nextToken();
      if (token != null) {
        levels += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      }
      return token;
    }

    private void checkSize() {
      // The parser has read ahead; where exactly it is costs an object to ask.
      if (bytes.count - from > largest
          && delegate.currentLocation().getByteOffset() - from > largest) {
        throw new SetAside("it is larger than %,d bytes".formatted(largest));
      }
    }
  }

  /** Remembers what the parser has taken, as long as it is wanted. */
  private static final class PageBytes extends FilterInputStream {
    private static final long NOTHING = Long.MAX_VALUE;

    /** What was taken last, and before it what is kept. */
    private byte[] bytes = {};

    private int length;
    private long count;
    private long keptFrom = NOTHING;

    PageBytes(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] into, int offset, int wanted) throws IOException {
      int read = in.read(into, offset, wanted);
      if (read > 0) {
        int kept = (int) Math.clamp(count - keptFrom, 0, length);
        byte[] room =
            kept + read > bytes.length ? new byte[Math.max(2 * bytes.length, kept + read)] : bytes;
        System.arraycopy(bytes, length - kept, room, 0, kept);
        System.arraycopy(into, offset, room, kept, read);
        bytes = room;
        length = kept + read;
        count += read;
      }
      return read;
    }

    /**
     * Keeps what comes from a place on.
     *
     * @param from an offset in the page
     * @return whether it can be kept
     */
    boolean keep(long from) {
      keptFrom = from;
      return from >= count - length;
    }

    /** Gives back what was kept, up to a place. */
    byte[] kept(long to) {
      long start = count - length;
      return Arrays.copyOfRange(bytes, (int) (keptFrom - start), (int) (to - start));
    }

    void forget() {
      keptFrom = NOTHING;
    }
  }
}
