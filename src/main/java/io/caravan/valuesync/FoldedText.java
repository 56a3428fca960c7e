package io.caravan.valuesync;

import java.text.Normalizer;
import java.util.Locale;

/**
 * The form in which values and queries are compared: lower-case, without accents, with a mark
 * before every word. The same code folds what is stored and what is typed, so the two cannot drift
 * apart.
 *
 * <p>A word starts where a letter or digit follows something else, and at every character of the
 * scripts that are written without spaces (Han, kana, Thai, Lao, Khmer, Myanmar).
 */
final class FoldedText {
  /** Stands before the first character of every word. */
  static final char MARK = '\u0001';

  /** A longer text is searched by its beginning only. */
  static final int MAX_LENGTH = 300;

  private FoldedText() {}

  /**
   * Folds a stored value: {@code "Ørsted A/S"} becomes {@code "¦orsted ¦a/¦s"}, with ¦ for {@link
   * #MARK}.
   */
  static String ofValue(String value) {
    return mark(fold(value.strip()), true);
  }

  /**
   * Folds what was typed. Its first character carries no mark, since it may stand inside a word.
   */
  static String ofQuery(String query) {
    return mark(fold(query.strip()), false);
  }

  static String withoutMarks(String marked) {
    return marked.indexOf(MARK) < 0 ? marked : marked.replace(String.valueOf(MARK), "");
  }

  static String fold(String text) {
    String cut = text.length() <= MAX_LENGTH ? text : text.substring(0, endOfCharacter(text));
    if (isPlainAscii(cut)) {
      return cut.toLowerCase(Locale.ROOT);
    }
    String decomposed = Normalizer.normalize(cut, Normalizer.Form.NFKD);
    StringBuilder out = new StringBuilder(decomposed.length() + 8);
    decomposed.codePoints().forEach(c -> appendFolded(out, c));
    // Recomposed, so that Hangul and kana are compared by the character people see.
    return Normalizer.normalize(out, Normalizer.Form.NFC);
  }

  private static int endOfCharacter(String text) {
    return Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
  }

  private static boolean isPlainAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }

  private static void appendFolded(StringBuilder out, int c) {
    if (isAccent(c)) {
      return;
    }
    if (c < ' ') {
      out.append(' ');
      return;
    }
    int lower = Character.toLowerCase(c);
    // Letters that Unicode does not decompose although people type them without the stroke.
    switch (lower) {
      case 'ß', 'ẞ' -> out.append("ss");
      case 'æ' -> out.append("ae");
      case 'œ' -> out.append("oe");
      case 'þ' -> out.append("th");
      case 'ø' -> out.append('o');
      case 'ł' -> out.append('l');
      case 'đ', 'ð' -> out.append('d');
      case 'ħ' -> out.append('h');
      case 'ŧ' -> out.append('t');
      case 'ı' -> out.append('i');
      case 'ς' -> out.append('σ');
      default -> out.appendCodePoint(lower);
    }
  }

  /**
   * Marks that readers leave out when typing; vowel signs of Indic scripts are letters and stay.
   */
  private static boolean isAccent(int c) {
    if (c < 0x300 || Character.getType(c) != Character.NON_SPACING_MARK) {
      return false;
    }
    return switch (Character.UnicodeScript.of(c)) {
      case INHERITED -> c != 0x3099 && c != 0x309A;
      case HEBREW, ARABIC, GREEK, CYRILLIC, LATIN -> true;
      default -> false;
    };
  }

  private static String mark(String folded, boolean first) {
    StringBuilder out = new StringBuilder(folded.length() + 8);
    boolean inWord = !first && !folded.isEmpty();
    for (int i = 0; i < folded.length(); ) {
      int c = folded.codePointAt(i);
      boolean word = Character.isLetterOrDigit(c) || isMarkOfWord(c);
      if (word && (!inWord || standsAlone(c)) && (first || i > 0)) {
        out.append(MARK);
      }
      out.appendCodePoint(c);
      inWord = word;
      i += Character.charCount(c);
    }
    return out.toString();
  }

  private static boolean isMarkOfWord(int c) {
    int type = c < 0x300 ? 0 : Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  private static boolean standsAlone(int c) {
    if (c < 0xE00 || isMarkOfWord(c)) {
      return false;
    }
    return switch (Character.UnicodeScript.of(c)) {
      case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
      default -> false;
    };
  }
}
