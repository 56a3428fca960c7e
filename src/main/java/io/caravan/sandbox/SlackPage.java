package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.sandbox.SlackServer.Posted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.springframework.core.io.ClassPathResource;

/** What was posted, as a page to look at: a channel's messages, newest last, with their threads. */
final class SlackPage {
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy", Locale.ENGLISH);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

  private final Collection<String> channels;
  private final List<Posted> posted;

  /**
   * @param channels in the order of showing
   * @param posted of all channels, oldest first
   */
  SlackPage(Collection<String> channels, List<Posted> posted) {
    this.channels = channels;
    this.posted = posted;
  }

  /** A file of the page, as it stands in the resources. */
  static String file(String name) {
    try {
      return new ClassPathResource("sandbox/slack/" + name)
          .getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The page of a channel.
   *
   * @param asked when there is no such channel, the one with the newest message is shown
   */
  String html(String asked) {
    String newest =
        posted.isEmpty() ? channels.stream().findFirst().orElse("") : posted.getLast().channel();
    String channel = channels.contains(asked) ? asked : newest;
    Map<String, String> parts =
        Map.of(
            "title", channel.isEmpty() ? "No channels" : escaped("# " + channel),
            "channels", channels.stream().map(name -> entry(name, channel)).collect(joined()),
            "messages", messages(channel));
    // In one go, so that what looks like a place inside a message stays what it is.
    return PLACE
        .matcher(file("page.html"))
        .replaceAll(place -> Matcher.quoteReplacement(parts.get(place.group(1))));
  }

  private String entry(String channel, String chosen) {
    return "<li><a href=\"/?channel=%s\"%s># <span class=\"name\">%s</span><span class=\"count\">%d</span></a></li>"
        .formatted(
            URLEncoder.encode(channel, StandardCharsets.UTF_8),
            channel.equals(chosen) ? " aria-current=\"page\"" : "",
            escaped(channel),
            posted.stream().filter(message -> message.channel().equals(channel)).count());
  }

  private String messages(String channel) {
    List<Posted> here =
        posted.stream().filter(message -> message.channel().equals(channel)).toList();
    if (here.isEmpty()) {
      return "<li class=\"empty\">Nothing was posted here yet. A message appears by itself.</li>";
    }
    Set<String> known = here.stream().map(Posted::ts).collect(Collectors.toSet());
    Map<String, List<Posted>> replies =
        here.stream()
            .filter(message -> message.threadTs() != null)
            .collect(Collectors.groupingBy(Posted::threadTs));
    StringBuilder html = new StringBuilder();
    LocalDate day = null;
    for (Posted message : here) {
      if (!known.contains(message.threadTs())) {
        LocalDate its = LocalDate.ofInstant(postedAt(message), ZoneOffset.UTC);
        if (!its.equals(day)) {
          html.append("<li class=\"day\">").append(DAY.format(its)).append("</li>");
          day = its;
        }
        html.append(message(message, thread(replies.getOrDefault(message.ts(), List.of()))));
      }
    }
    return html.toString();
  }

  private static String thread(List<Posted> replies) {
    return replies.isEmpty()
        ? ""
        : "<div class=\"thread\"><p class=\"replies\">%d %s</p><ol>%s</ol></div>"
            .formatted(
                replies.size(),
                replies.size() == 1 ? "reply" : "replies",
                replies.stream().map(reply -> message(reply, "")).collect(joined()));
  }

  private static String message(Posted message, String thread) {
    Instant at = postedAt(message);
    return """
    <li class="message"><span class="avatar" aria-hidden="true">C</span><div class="content">\
    <p class="by"><strong>Caravan</strong> <span class="app">APP</span> <time datetime="%s">%s</time></p>%s%s</div></li>
    """
        .formatted(
            at,
            TIME.format(at),
            message.blocks() == null || message.blocks().isEmpty()
                ? paragraph(SlackMrkdwn.html(message.text()))
                : each(message.blocks(), SlackPage::block),
            thread);
  }

  private static Instant postedAt(Posted message) {
    return Instant.ofEpochSecond(Long.parseLong(message.ts().split("\\.")[0]));
  }

  private static String block(JsonNode block) {
    return switch (block.path("type").asText()) {
      case "header" ->
          "<h2 class=\"text\">" + escaped(block.path("text").path("text").asText()) + "</h2>";
      case "section" ->
          (block.has("text") ? paragraph(text(block.get("text"))) : "")
              + list("fields", block.path("fields"), field -> paragraph(text(field)))
              + (block.has("accessory") ? element(block.get("accessory")) : "");
      case "context" -> list("context", block.path("elements"), SlackPage::element);
      case "actions" -> list("actions", block.path("elements"), SlackPage::element);
      case "divider" -> "<hr>";
      case "image" -> paragraph(element(block));
      default -> paragraph(escaped(block.path("text").asText()));
    };
  }

  private static String element(JsonNode element) {
    return switch (element.path("type").asText()) {
      case "button" ->
          "<span class=\"button\">"
              + escaped(element.path("text").path("text").asText())
              + "</span>";
      // Named instead of shown: the page asks no other server for anything.
      case "image" ->
          SlackMrkdwn.html(
              "<%s|%s>"
                  .formatted(
                      element.path("image_url").asText(),
                      "Image: " + element.path("alt_text").asText()));
      default -> "<span>" + text(element) + "</span>";
    };
  }

  private static String text(JsonNode text) {
    String words = text.path("text").asText();
    return text.path("type").asText().equals("mrkdwn") ? SlackMrkdwn.html(words) : escaped(words);
  }

  private static String list(String kind, JsonNode parts, Function<JsonNode, String> html) {
    return parts.isEmpty() ? "" : "<div class=\"%s\">%s</div>".formatted(kind, each(parts, html));
  }

  private static String each(JsonNode parts, Function<JsonNode, String> html) {
    return StreamSupport.stream(parts.spliterator(), false).map(html).collect(joined());
  }

  private static String paragraph(String html) {
    return "<div class=\"text\">" + html + "</div>";
  }

  private static String escaped(String text) {
    return SlackMrkdwn.plain(text);
  }

  private static Collector<CharSequence, ?, String> joined() {
    return Collectors.joining();
  }
}
