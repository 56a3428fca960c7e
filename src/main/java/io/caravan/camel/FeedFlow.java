package io.caravan.camel;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.connectorsync.Pull;
import io.caravan.connectorsync.vendor.Feed;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.InvalidInputException;
import io.caravan.reach.Body;
import io.caravan.reach.Credentials;
import io.caravan.reach.Origin;
import io.caravan.reach.Received;
import io.caravan.reach.Request;
import io.caravan.reach.Requests;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/** Connectors of type {@code rss} as their route sees them. */
@Component
class FeedFlow {
  private static final String ACCEPTED =
      "application/rss+xml, application/atom+xml, application/rdf+xml, application/xml;q=0.9,"
          + " */*;q=0.5";

  /** A feed is read whole; podcasts of many years have ten. */
  private static final long MOST_BYTES = 50_000_000;

  private static final int NOT_MODIFIED = 304;

  /** What the server said of the feed, by the header that asks whether it is still so. */
  private static final Map<String, String> VALIDATORS =
      Map.of("If-None-Match", "ETag", "If-Modified-Since", "Last-Modified");

  private final PullFlow pullFlow;
  private final Requests requests;

  FeedFlow(PullFlow pullFlow, Requests requests) {
    this.pullFlow = pullFlow;
    this.requests = requests;
  }

  /**
   * What came.
   *
   * @param entries none when nothing changed since
   * @param state headers that ask whether the feed has changed (RFC 9110 section 13.1)
   */
  record Fetched(List<Map<String, Object>> entries, Map<String, String> state) {}

  public void begin(Exchange exchange) {
    JsonNode config = exchange.getVariable("pull", Pull.class).config();
    pullFlow.begin(exchange, config.path("resource").asText("entries"), Feed.KEY);
  }

  /**
   * Fetches the feed, unless it is as it was.
   *
   * @param state of the sync before; null for none
   * @throws InvalidInputException when its address is none
   * @throws Failure when it cannot be had, or is none
   */
  public Fetched fetch(Pull pull, Map<String, String> state) {
    Map<String, String> known = state == null ? Map.of() : state;
    Request request = new Request(address(pull), known, credentials(pull), ACCEPTED, pull.stop());
    try (Received received = requests.ask(request)) {
      if (received.status() == NOT_MODIFIED && !known.isEmpty()) {
        return new Fetched(List.of(), known);
      }
      Body body = received.content();
      if (body.length() > MOST_BYTES) {
        throw new Failure(
            FailureKind.DATA,
            "%s has %d bytes; a feed has no more than %d."
                .formatted(request.place(), body.length(), MOST_BYTES));
      }
      Map<String, String> validators = new HashMap<>();
      VALIDATORS.forEach(
          (asks, says) -> received.header(says).ifPresent(value -> validators.put(asks, value)));
      return new Fetched(
          Feed.entries(body.open(), request.place(), received.header("Content-Type").orElse(null)),
          validators);
    }
  }

  private static URI address(Pull pull) {
    try {
      URI address = URI.create(pull.config().path("url").asText());
      Origin.of(address);
      return address;
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          "config.url: is no address, or its port is above 65535; write one like"
              + " https://blog.example.com/feed.xml.");
    }
  }

  private static Credentials credentials(Pull pull) {
    return pull.credentials().has("username")
        ? Credentials.basic(
            pull.credentials().path("username").asText(),
            pull.credentials().path("password").asText())
        : Credentials.NONE;
  }
}
