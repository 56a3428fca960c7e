package io.caravan.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.caravan.failure.Failure;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands in for Slack on this machine: chat.postMessage and incoming webhooks, with Slack's rules,
 * limits and ways to say no. Keeps what was posted and shows it on a page. Thread-safe.
 */
public final class SlackServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WEBHOOKS = "/services/";
  private static final int LONGEST_TEXT = 40_000;

  /**
   * A message that was accepted.
   *
   * @param threadTs null outside of threads
   * @param blocks null when there were none
   */
  public record Posted(String channel, String ts, String threadTs, String text, JsonNode blocks) {}

  /**
   * An answer given instead of the usual one.
   *
   * @param retryAfter seconds, or null for no such header
   */
  public record Trouble(int status, String body, String retryAfter) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<String> tokens = new HashSet<>();
  private final Map<String, String> webhooks = new HashMap<>();
  private final Map<String, String> unusable = new HashMap<>();
  private final Map<String, SlackPace> paces = new HashMap<>();
  private final Set<String> channels = new HashSet<>();
  private final Map<String, Deque<Trouble>> troubles = new HashMap<>();
  private final List<Posted> posted = new ArrayList<>();
  private int burst = 5;
  private long lastTs;

  private SlackServer(int port) {
    server = Loopback.server(port, "Slack");
    server.setExecutor(threads);
    server.createContext("/", this::show);
    server.createContext("/api/", exchange -> serve(exchange, false));
    server.createContext(WEBHOOKS, exchange -> serve(exchange, true));
  }

  /** A server on a free port of the loopback address. */
  public static SlackServer start() {
    return start(0);
  }

  /**
   * A server on the loopback address.
   *
   * @param port 0 for any that is free
   * @throws Failure kind CONFIGURATION when the port is taken
   */
  public static SlackServer start(int port) {
    SlackServer slack = new SlackServer(port);
    slack.server.start();
    return slack;
  }

  /** Where people see what was posted. */
  public String pageUrl() {
    return base() + "/";
  }

  /** What SLACK_API_URL has to be. */
  public String apiUrl() {
    return base() + "/api";
  }

  private String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Adds a channel that bots with one of the known tokens are in. */
  public synchronized SlackServer channel(String id) {
    channels.add(id);
    return this;
  }

  /** From now on the channel answers with this error, for example {@code is_archived}. */
  public synchronized void refuse(String channel, String error) {
    unusable.put(channel, error);
  }

  /** Makes a bot's token valid. */
  public synchronized SlackServer token(String token) {
    tokens.add(token);
    return this;
  }

  /**
   * Adds a webhook.
   *
   * @param path three parts, as in {@code T1/B1/secret}
   * @return its URL
   */
  public synchronized String webhook(String path, String channel) {
    channels.add(channel);
    webhooks.put(path, channel);
    return base() + WEBHOOKS + path;
  }

  /** So many messages at once are let through before more than one a second is refused. */
  public synchronized void burst(int messages) {
    burst = messages;
    paces.clear();
  }

  /** The next messages to the channel get these answers, one each. */
  public synchronized void trouble(String channel, Trouble... answers) {
    troubles.computeIfAbsent(channel, unseen -> new ArrayDeque<>()).addAll(Arrays.asList(answers));
  }

  /** What was posted to a channel, oldest first. */
  public synchronized List<Posted> posted(String channel) {
    return posted.stream().filter(message -> message.channel().equals(channel)).toList();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void show(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean reads = exchange.getRequestMethod().equals("GET");
      switch (reads ? exchange.getRequestURI().getPath() : "") {
        case "/" -> send(exchange, 200, "text/html", page(exchange.getRequestURI().getRawQuery()));
        case "/page.css" -> send(exchange, 200, "text/css", SlackPage.file("page.css"));
        case "/page.js" -> send(exchange, 200, "text/javascript", SlackPage.file("page.js"));
        default -> send(exchange, 404, "text/plain", "Nothing is here to get or to post to.");
      }
    }
  }

  private synchronized String page(String query) {
    String asked = query == null ? "" : form(query).path("channel").asText();
    return new SlackPage(new TreeSet<>(channels), posted).html(asked);
  }

  /** The browser is told to run and load nothing but the page's own files. */
  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type + "; charset=utf-8");
    headers.set("Cache-Control", "no-store");
    headers.set("Content-Security-Policy", "default-src 'self'; img-src data:");
    headers.set("X-Content-Type-Options", "nosniff");
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void serve(HttpExchange exchange, boolean webhook) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      Trouble answer = webhook ? answerWebhook(exchange, body) : answerApi(exchange, body);
      if (answer.retryAfter() != null) {
        exchange.getResponseHeaders().set("Retry-After", answer.retryAfter());
      }
      exchange
          .getResponseHeaders()
          .set("Content-Type", webhook ? "text/html" : "application/json; charset=utf-8");
      byte[] bytes = answer.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private synchronized Trouble answerApi(HttpExchange exchange, String body) {
    if (!exchange.getRequestURI().getPath().equals("/api/chat.postMessage")) {
      return error("unknown_method");
    }
    boolean json = contentType(exchange).startsWith("application/json");
    JsonNode sent = json ? parsed(body) : form(body);
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    String token =
        given == null ? sent.path("token").asText() : given.replaceFirst("^Bearer ?", "");
    if (token.isEmpty()) {
      return error("not_authed");
    }
    if (!tokens.contains(token)) {
      return error("invalid_auth");
    }
    if (!sent.isObject()) {
      return error("invalid_json");
    }
    String channel = sent.path("channel").asText();
    Trouble trouble = trouble(channel);
    if (trouble != null) {
      return trouble;
    }
    if (!channels.contains(channel)) {
      return error("channel_not_found");
    }
    Trouble limited = limited(channel, "{\"ok\":false,\"error\":\"ratelimited\"}");
    return limited != null ? limited : accept(exchange, channel, sent);
  }

  private Trouble accept(HttpExchange exchange, String channel, JsonNode sent) {
    String problem = problem(channel, sent);
    if (problem != null) {
      return error(problem);
    }
    List<String> invalid = SlackRules.problems(sent.path("blocks"));
    if (!invalid.isEmpty()) {
      ObjectNode answer = JSON.createObjectNode().put("ok", false).put("error", "invalid_blocks");
      ArrayNode messages = answer.putObject("response_metadata").putArray("messages");
      ArrayNode errors = answer.putArray("errors");
      invalid.forEach(
          message -> {
            errors.add(message);
            messages.add("[ERROR] " + message);
          });
      return new Trouble(200, answer.toString(), null);
    }
    if (sent.has("thread_ts")
        && posted(channel).stream()
            .noneMatch(message -> message.ts().equals(sent.get("thread_ts").asText()))) {
      return error("thread_not_found");
    }
    Posted message = keep(channel, sent);
    ObjectNode answer =
        JSON.createObjectNode().put("ok", true).put("channel", channel).put("ts", message.ts());
    answer.putObject("message").put("text", message.text());
    if (!contentType(exchange).contains("charset")
        && contentType(exchange).startsWith("application/json")) {
      answer.put("warning", "missing_charset");
    }
    return new Trouble(200, answer.toString(), null);
  }

  private synchronized Trouble answerWebhook(HttpExchange exchange, String body) {
    String channel = webhooks.get(exchange.getRequestURI().getPath().substring(WEBHOOKS.length()));
    if (channel == null) {
      return new Trouble(404, "no_service", null);
    }
    Trouble trouble = trouble(channel);
    if (trouble != null) {
      return trouble;
    }
    Trouble limited = limited(channel, "rate_limited");
    if (limited != null) {
      return limited;
    }
    JsonNode sent =
        contentType(exchange).startsWith("application/json")
            ? parsed(body)
            : parsed(form(body).path("payload").asText());
    if (!sent.isObject()) {
      return new Trouble(400, "invalid_payload", null);
    }
    String problem = problem(channel, sent);
    if (problem != null) {
      return new Trouble(SlackRules.statusOfWebhook(problem), problem, null);
    }
    if (!SlackRules.problems(sent.path("blocks")).isEmpty()) {
      return new Trouble(400, "invalid_blocks", null);
    }
    keep(channel, sent);
    return new Trouble(200, "ok", null);
  }

  private String problem(String channel, JsonNode sent) {
    if (unusable.containsKey(channel)) {
      return unusable.get(channel);
    }
    if (sent.path("text").asText().isBlank() && sent.path("blocks").isEmpty()) {
      return "no_text";
    }
    if (sent.path("attachments").size() > SlackRules.ATTACHMENTS) {
      return "too_many_attachments";
    }
    return SlackRules.tooLong(sent.path("blocks")) ? "msg_blocks_too_long" : null;
  }

  private Trouble trouble(String channel) {
    Deque<Trouble> waiting = troubles.get(channel);
    return waiting == null ? null : waiting.poll();
  }

  private Trouble limited(String channel, String body) {
    long wait = paces.computeIfAbsent(channel, unseen -> new SlackPace(burst)).secondsToWait();
    return wait == 0 ? null : new Trouble(429, body, String.valueOf(wait));
  }

  private Posted keep(String channel, JsonNode sent) {
    lastTs = Math.max(lastTs + 1, System.currentTimeMillis() * 1_000);
    String text = sent.path("text").asText();
    Posted message =
        new Posted(
            channel,
            "%d.%06d".formatted(lastTs / 1_000_000, lastTs % 1_000_000),
            sent.path("thread_ts").asText(null),
            text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text,
            sent.get("blocks"));
    posted.add(message);
    return message;
  }

  private static Trouble error(String code) {
    return new Trouble(
        200, JSON.createObjectNode().put("ok", false).put("error", code).toString(), null);
  }

  private static String contentType(HttpExchange exchange) {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    return type == null ? "" : type;
  }

  private static JsonNode form(String body) {
    ObjectNode form = JSON.createObjectNode();
    for (String pair : body.split("&")) {
      String[] parts = pair.split("=", 2);
      String value = parts.length == 2 ? URLDecoder.decode(parts[1], UTF_8) : "";
      if (parts[0].equals("blocks") || parts[0].equals("attachments")) {
        form.set(parts[0], parsed(value));
      } else {
        form.put(parts[0], value);
      }
    }
    return form;
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }
}
