package io.caravan.slack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Text in Slack's mrkdwn: values escaped, long texts cut where it hurts least. */
public final class SlackText {
  private static final String CUT = "…";
  private static final int LONGEST_ENTITY = 5;

  private SlackText() {}

  /**
   * @param mrkdwn a format as of {@link String#format}, in Slack's mrkdwn
   * @param values are shown as they are: in each, {@code & < >} are escaped
   */
  public static String format(String mrkdwn, Object... values) {
    Object[] escaped =
        Arrays.stream(values)
            .map(value -> value instanceof CharSequence text ? escape(text.toString()) : value)
            .toArray();
    return mrkdwn.formatted(escaped);
  }

  /** The text with {@code & < >} as Slack wants them. */
  public static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** The text, or its beginning and an ellipsis when it has more characters than allowed. */
  static String cut(String text, int longest) {
    return text.length() <= longest
        ? text
        : text.substring(0, unbroken(text, longest - CUT.length())) + CUT;
  }

  /** The text in pieces that each have at most so many characters, split between lines or words. */
  static List<String> split(String text, int longest) {
    List<String> pieces = new ArrayList<>();
    String rest = text;
    while (rest.length() > longest) {
      int end = unbroken(rest, gap(rest, longest));
      pieces.add(rest.substring(0, end).stripTrailing());
      rest = rest.substring(end).stripLeading();
    }
    pieces.add(rest);
    return pieces.stream().filter(piece -> !piece.isBlank()).toList();
  }

  private static int gap(String text, int longest) {
    int line = text.lastIndexOf('\n', longest);
    int word = line > longest / 2 ? line : text.lastIndexOf(' ', longest);
    return word > longest / 2 ? word : longest;
  }

  /** Goes back to where neither a link, nor an escaped character, nor a surrogate pair is open. */
  private static int unbroken(String text, int end) {
    int result = end;
    int link = text.lastIndexOf('<', result - 1);
    if (link > 0 && text.lastIndexOf('>', result - 1) < link) {
      result = link;
    }
    int entity = text.lastIndexOf('&', result - 1);
    if (entity > 0 && result - entity < LONGEST_ENTITY && text.indexOf(';', entity) >= result) {
      result = entity;
    }
    return Character.isLowSurrogate(text.charAt(result)) ? result - 1 : result;
  }
}
