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

/**
 * The records of a page of JSON, which is never in memory as a whole. A record that is too large or
 * too deep is left out while the others are read; what is no JSON ends the page.
 */
final class RecordReader {
  /** Of one record; the page around it may have levels of its own. */
  static final int DEEPEST = StreamReadConstraints.DEFAULT_MAX_DEPTH;

  /** A record beyond {@link #DEEPEST} is stepped over as long as it does not go this far. */
  private static final int DEEPEST_STEPPED_OVER = 100_000;

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
   * Gives every record of a page to {@code load}, in their order.
   *
   * @param page JSON, or several JSON values one after the other (NDJSON)
   * @param path where the records are in each of them: an array, one record, or null for none
   * @return how many records there were
   * @throws Failure of kind transient when the page breaks off; of kind data when it is no JSON, or
   *     has nothing at {@code path}
   */
  long read(InputStream page, JsonPointer path, Load load) throws IOException {
    Counted bytes = new Counted(page);
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
            record(parser, limited, load);
            records++;
          }
        } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
          record(parser, limited, load);
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

  private void record(JsonParser parser, Limited limited, Load load) throws IOException {
    JsonStreamContext around =
        parser.currentToken().isStructStart()
            ? parser.getParsingContext().getParent()
            : parser.getParsingContext();
    limited.begin();
    JsonNode record;
    try {
      record = reader.readValue(parser);
      limited.end();
    } catch (SetAside e) {
      limited.forgive();
      while (parser.getParsingContext() != around && parser.nextToken() != null) {
        // To the end of the record.
      }
      load.leftOut(e.getMessage(), null);
      return;
    }
    load.record(record);
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
    private final Counted bytes;
    private final long largest;
    private long from;
    private int levels;
    private boolean watching;

    Limited(JsonParser parser, Counted bytes, long largest) {
      super(parser);
      this.bytes = bytes;
      this.largest = largest;
    }

    void begin() {
      from = delegate.currentTokenLocation().getByteOffset();
      levels = 0;
      watching = true;
    }

    void end() throws IOException {
      delegate.finishToken();
      checkSize();
      watching = false;
    }

    void forgive() {
      watching = false;
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

  /** How many bytes the parser has taken. */
  private static final class Counted extends FilterInputStream {
    private long count;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int read = in.read(bytes, from, length);
      count += Math.max(read, 0);
      return read;
    }
  }
}
