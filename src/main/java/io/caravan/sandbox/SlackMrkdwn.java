package io.caravan.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;

/** Slack's way of marking up a text, shown as HTML. Whatever is no markup is escaped. */
final class SlackMrkdwn {
  private static final String FENCE = "```";
  private static final Pattern QUOTE = Pattern.compile("^(?:>|&gt;) ?");

  /** Code, links and mentions: what is in them is not marked up any further. */
  private static final Pattern CLOSED = Pattern.compile("`([^`\\n]+)`|<([^<>\\n]+)>");

  private static final Pattern EMOJI = Pattern.compile(":([a-z_]+):");
  private static final Map<String, String> EMOJIS =
      Map.ofEntries(
          Map.entry("white_check_mark", "✅"),
          Map.entry("x", "❌"),
          Map.entry("warning", "⚠️"),
          Map.entry("rotating_light", "🚨"),
          Map.entry("tada", "🎉"),
          Map.entry("no_entry", "⛔"),
          Map.entry("hourglass_flowing_sand", "⏳"),
          Map.entry("bar_chart", "📊"),
          Map.entry("red_circle", "🔴"),
          Map.entry("large_yellow_circle", "🟡"),
          Map.entry("large_blue_circle", "🔵"),
          Map.entry("large_green_circle", "🟢"),
          Map.entry("white_circle", "⚪"));

  /** Stand around the number of what was taken out of a text; no text may hold them itself. */
  private static final char OPEN = '\uE000';

  private static final char CLOSE = '\uE001';
  private static final Pattern TAKEN_OUT = Pattern.compile(OPEN + "(\\d+)" + CLOSE);

  private final List<String> takenOut = new ArrayList<>();

  private SlackMrkdwn() {}

  /** The text as HTML, in which line breaks are kept. */
  static String html(String mrkdwn) {
    String[] parts = mrkdwn.replace("" + OPEN, "").replace("" + CLOSE, "").split(FENCE, -1);
    StringBuilder html = new StringBuilder();
    for (int i = 0; i < parts.length; i++) {
      boolean closed = i % 2 == 1 && i < parts.length - 1;
      html.append(
          closed ? "<pre>" + plain(parts[i].strip()) + "</pre>" : lines(parts[i], i % 2 == 1));
    }
    return html.toString();
  }

  /** A text without markup as HTML; of Slack's escapes, the characters themselves. */
  static String plain(String text) {
    return HtmlUtils.htmlEscape(
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"), "UTF-8");
  }

  private static String lines(String text, boolean afterOpenFence) {
    StringBuilder html = new StringBuilder(afterOpenFence ? FENCE : "");
    boolean quoted = false;
    boolean first = true;
    for (String line : text.split("\n", -1)) {
      Matcher quote = QUOTE.matcher(line);
      boolean quotes = quote.find();
      if (quotes != quoted) {
        html.append(quotes ? "<blockquote>" : "</blockquote>");
      } else if (!first) {
        html.append('\n');
      }
      html.append(new SlackMrkdwn().inline(quotes ? line.substring(quote.end()) : line));
      quoted = quotes;
      first = false;
    }
    return html.append(quoted ? "</blockquote>" : "").toString();
  }

  private String inline(String line) {
    String rest = CLOSED.matcher(line).replaceAll(found -> Matcher.quoteReplacement(take(found)));
    String html = styled(styled(styled(plain(rest), "\\*", "strong"), "_", "em"), "~", "s");
    html =
        EMOJI.matcher(html).replaceAll(found -> EMOJIS.getOrDefault(found.group(1), found.group()));
    return TAKEN_OUT
        .matcher(html)
        .replaceAll(
            found -> Matcher.quoteReplacement(takenOut.get(Integer.parseInt(found.group(1)))));
  }

  private static String styled(String html, String mark, String element) {
    return html.replaceAll(
        "(?<![\\w%1$s])%1$s(?=[^\\s%1$s])([^\\n]*?[^\\s%1$s])%1$s(?![\\w%1$s])".formatted(mark),
        "<%1$s>$1</%1$s>".formatted(element));
  }

  private String take(MatchResult found) {
    takenOut.add(
        found.group(1) == null
            ? reference(found.group(2))
            : "<code>" + plain(found.group(1)) + "</code>");
    return "" + OPEN + (takenOut.size() - 1) + CLOSE;
  }

  /** A link, or the name of a person, a channel or a group. */
  private static String reference(String inside) {
    String[] parts = inside.split("\\|", 2);
    String label = plain(parts[parts.length - 1]);
    if (parts[0].matches("(https?://|mailto:).+")) {
      return "<a href=\"%s\" target=\"_blank\" rel=\"noreferrer\">%s</a>"
          .formatted(plain(parts[0]), label);
    }
    return switch (inside.charAt(0)) {
      case '@', '!' -> mention('@', parts);
      case '#' -> mention('#', parts);
      default -> plain("<" + inside + ">");
    };
  }

  private static String mention(char sign, String[] parts) {
    String name = parts.length == 2 ? parts[1] : parts[0].substring(1);
    return "<span class=\"mention\">" + plain(sign + name.replaceFirst("^[@#]", "")) + "</span>";
  }
}
