package io.caravan.airtable;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.caravan.connection.AirtableConnections;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Airtable as routes ask it. */
@Component
public class Airtable {
  /** Airtable's limit: so many requests of a base in a second. */
  private static final int MOST = 5;

  private static final Duration WINDOW = Duration.ofSeconds(1);

  private final AirtableConnections connections;
  private final AirtableProperties properties;
  private final Map<String, Instant> quietUntil = new ConcurrentHashMap<>();

  /** When a base answered last; as often as counts. */
  private final Cache<String, Deque<Instant>> answered =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterAccess(Duration.ofMinutes(1)).build();

  Airtable(AirtableConnections connections, AirtableProperties properties) {
    this.connections = connections;
    this.properties = properties;
  }

  /**
   * How long a base is still to be left alone, in milliseconds: whoever made it angry, and until
   * its fifth last answer is a second old. Airtable counts requests when they arrive, which nobody
   * knows here: one that was held up on its way would come too close to those after it.
   *
   * @return 0 when it may be asked now
   */
  public long quietFor(AirtableCall call) {
    return Math.max(banOf(call.base()), windowOf(call.base()));
  }

  private long banOf(String base) {
    Instant until = quietUntil.get(base);
    if (until == null) {
      return 0;
    }
    long millis = Duration.between(Instant.now(), until).toMillis();
    if (millis <= 0) {
      quietUntil.remove(base, until);
    }
    return Math.max(0, millis);
  }

  private long windowOf(String base) {
    Deque<Instant> last = answered.getIfPresent(base);
    if (last == null) {
      return 0;
    }
    synchronized (last) {
      return last.size() < MOST
          ? 0
          : Math.max(0, Duration.between(Instant.now(), last.peek().plus(WINDOW)).toMillis() + 1);
    }
  }

  private void noteAnswer(String base) {
    Deque<Instant> last = answered.get(base, _ -> new ArrayDeque<>());
    synchronized (last) {
      last.add(Instant.now());
      if (last.size() > MOST) {
        last.remove();
      }
    }
  }

  /** Which of its tokens the connection has now. */
  public Instant token(AirtableCall call) {
    return connections.version(call.connection());
  }

  /**
   * What an answer says.
   *
   * @param token that the connection had when it was asked
   * @throws AirtableError what was refused and why
   */
  public JsonNode answer(AirtableCall call, Instant token, int status, String body) {
    noteAnswer(call.base());
    if (status == 401 && connections.refused(call.connection(), token)) {
      throw AirtableAnswer.staleToken();
    }
    try {
      return AirtableAnswer.read(call, status, body, properties.ban());
    } catch (AirtableError e) {
      if (status == 429) {
        e.retryAfter().ifPresent(ban -> quietUntil.put(call.base(), Instant.now().plus(ban)));
      }
      throw e;
    }
  }

  /** Where the request goes. */
  public String url(AirtableCall call) {
    return properties.apiUrl() + call.uri();
  }
}
