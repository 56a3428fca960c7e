package io.caravan.valuesync;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The values of one column, most frequent first, in one piece of memory that is searched from front
 * to back. Immutable.
 *
 * <p>Packed form: number of values, bytes of the values, counts as variable-length integers, all
 * values, all folded texts; values and texts end with NUL, which no PostgreSQL text contains.
 */
final class ValueList {
  private static final char END = '\0';

  private final long[] counts;
  private final String values;
  private final int[] valueEnds;

  /** NUL, text, NUL, text, …, NUL. */
  private final String texts;

  private final int[] textEnds;

  private ValueList(long[] counts, String values, String texts) {
    this.counts = counts;
    this.values = values;
    this.texts = texts;
    valueEnds = ends(values, 0);
    textEnds = ends(texts, 1);
  }

  /** Packs values that stand in the order of suggestions already. */
  static byte[] pack(List<ValueCount> mostFrequentFirst) {
    StringBuilder values = new StringBuilder();
    StringBuilder texts = new StringBuilder().append(END);
    ByteBuffer counts = ByteBuffer.allocate(mostFrequentFirst.size() * 10);
    for (ValueCount value : mostFrequentFirst) {
      values.append(value.value()).append(END);
      texts.append(FoldedText.ofValue(value.value())).append(END);
      putNumber(counts, value.count());
    }
    byte[] valueBytes = values.toString().getBytes(UTF_8);
    byte[] textBytes = texts.toString().getBytes(UTF_8);
    counts.flip();
    return ByteBuffer.allocate(8 + counts.limit() + valueBytes.length + textBytes.length)
        .putInt(mostFrequentFirst.size())
        .putInt(valueBytes.length)
        .put(counts)
        .put(valueBytes)
        .put(textBytes)
        .array();
  }

  static ValueList unpack(byte[] packed) {
    ByteBuffer in = ByteBuffer.wrap(packed);
    long[] counts = new long[in.getInt()];
    int valueBytes = in.getInt();
    for (int i = 0; i < counts.length; i++) {
      counts[i] = getNumber(in);
    }
    String values = new String(packed, in.position(), valueBytes, UTF_8);
    int textsAt = in.position() + valueBytes;
    return new ValueList(
        counts, values, new String(packed, textsAt, packed.length - textsAt, UTF_8));
  }

  /** Approximate bytes of memory, for bounding a cache. */
  int weight() {
    return 2 * (values.length() + texts.length()) + 16 * counts.length + 100;
  }

  /** The best matches, best first, at most {@link SearchQuery#wanted}. */
  List<Match> search(SearchQuery query) {
    List<Match> found = new ArrayList<>();
    if (query.isEmpty()) {
      for (int i = 0; i < Math.min(query.wanted(), counts.length); i++) {
        found.add(match(MatchClass.PREFIX, i));
      }
      return found;
    }
    boolean[] taken = new boolean[counts.length];
    findExact(query, found, taken);
    if (found.size() < query.wanted()) {
      findPlaced(query, found, taken);
    }
    if (found.size() < query.wanted() && query.edits() > 0) {
      findMisspelt(query, found, taken);
    }
    found.sort(Match.BEST_FIRST);
    return found.size() > query.wanted() ? found.subList(0, query.wanted()) : found;
  }

  private void findExact(SearchQuery query, List<Match> found, boolean[] taken) {
    String whole = END + query.prefix() + END;
    for (int at = texts.indexOf(whole); at >= 0; at = texts.indexOf(whole, at + 1)) {
      int i = indexAt(at + 1);
      taken[i] = true;
      found.add(match(query.whole(value(i)), i));
    }
  }

  /**
   * One pass in the order of frequency; ends as soon as the values that begin with the query are
   * enough.
   */
  private void findPlaced(SearchQuery query, List<Match> found, boolean[] taken) {
    int[] room = new int[MatchClass.values().length];
    Arrays.fill(room, query.wanted());
    int prefixesWanted = query.wanted() - found.size();
    String marked = query.marked();
    int at = texts.indexOf(marked);
    while (at >= 0) {
      int i = indexAt(at);
      if (!taken[i]) {
        MatchClass best = bestPlace(query, at, textEnds[i]);
        if (room[best.ordinal()]-- > 0) {
          taken[i] = true;
          found.add(match(best, i));
          if (best == MatchClass.PREFIX && --prefixesWanted == 0) {
            return;
          }
        }
      }
      at = texts.indexOf(marked, textEnds[i]);
    }
  }

  private MatchClass bestPlace(SearchQuery query, int first, int end) {
    boolean word = query.startsAWord();
    MatchClass best = MatchClass.CONTAINS;
    for (int at = first; at >= 0 && at < end; at = texts.indexOf(query.marked(), at + 1)) {
      boolean afterMark = texts.charAt(at - 1) == FoldedText.MARK;
      if (texts.charAt(afterMark ? at - 2 : at - 1) == END) {
        return MatchClass.PREFIX;
      }
      if (afterMark && word) {
        best = MatchClass.WORD_PREFIX;
      }
    }
    return best;
  }

  private void findMisspelt(SearchQuery query, List<Match> found, boolean[] taken) {
    TypingError errors = new TypingError(query.letters(), query.edits());
    long needed = letterBits(query.letters(), 0, query.letters().length());
    int closest = query.wanted() - found.size();
    for (int i = 0; i < counts.length && closest > 0; i++) {
      if (taken[i]) {
        continue;
      }
      int start = i == 0 ? 1 : textEnds[i - 1] + 1;
      // A letter that the text lacks costs an edit at least.
      if (Long.bitCount(needed & ~letterBits(texts, start, textEnds[i])) > query.edits()) {
        continue;
      }
      int fewest = errors.inWords(texts, start, textEnds[i]);
      if (fewest <= query.edits()) {
        found.add(match(fewest <= 1 ? MatchClass.ONE_EDIT : MatchClass.TWO_EDITS, i));
        closest -= fewest <= 1 ? 1 : 0;
      }
    }
  }

  private static long letterBits(String text, int from, int end) {
    long bits = 0;
    for (int i = from; i < end; i++) {
      bits |= 1L << (text.charAt(i) & 63);
    }
    return bits;
  }

  private Match match(MatchClass matchClass, int i) {
    return new Match(matchClass, value(i), counts[i]);
  }

  private String value(int i) {
    return values.substring(i == 0 ? 0 : valueEnds[i - 1] + 1, valueEnds[i]);
  }

  private int indexAt(int position) {
    int found = Arrays.binarySearch(textEnds, position);
    return found >= 0 ? found : -found - 1;
  }

  private int[] ends(String joined, int from) {
    int[] ends = new int[counts.length];
    int at = from - 1;
    for (int i = 0; i < ends.length; i++) {
      at = joined.indexOf(END, at + 1);
      ends[i] = at;
    }
    return ends;
  }

  private static void putNumber(ByteBuffer out, long number) {
    long rest = number;
    while (rest >= 0x80) {
      out.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }

  private static long getNumber(ByteBuffer in) {
    long number = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      number |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return number;
      }
    }
  }
}
