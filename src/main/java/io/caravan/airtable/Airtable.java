package io.caravan.airtable;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.connection.AirtableConnections;
import io.caravan.reach.Places;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Airtable as routes ask it. */
@Component
public class Airtable {
  /** Requests in a second (Web API, rate limits). */
  private static final int OF_A_BASE = 5;

  private static final int OF_AN_ACCOUNT = 50;

  private final AirtableConnections connections;
  private final AirtableProperties properties;
  private final Map<String, Instant> quietUntil = new ConcurrentHashMap<>();
  private final Places ofBases = new Places();
  private final Places ofAccounts = new Places();

  Airtable(AirtableConnections connections, AirtableProperties properties) {
    this.connections = connections;
    this.properties = properties;
  }

  /** Begins a turn of a call; {@link #end} ends it, whatever came of it. */
  public AirtableTurn turn(AirtableCall call) {
    return new AirtableTurn(
        ofBases.of(call.base(), OF_A_BASE),
        ofAccounts.of(call.connection().toString(), OF_AN_ACCOUNT));
  }

  /** Waits until the base may be asked: five requests a second. */
  public void awaitBase(AirtableTurn turn) throws InterruptedException {
    turn.awaitBase();
  }

  /** Waits until the account may ask: fifty requests a second. */
  public void awaitAccount(AirtableTurn turn) throws InterruptedException {
    turn.awaitAccount();
  }

  /** The answer is here, or never comes: a second later others have the places. */
  public void end(AirtableTurn turn) {
    turn.end();
  }

  /**
   * How long a base is still to be left alone that was asked too much, in milliseconds.
   *
   * @return 0 when it may be asked now
   */
  public long quietFor(AirtableCall call) {
    Instant until = quietUntil.get(call.base());
    if (until == null) {
      return 0;
    }
    long millis = Duration.between(Instant.now(), until).toMillis();
    if (millis <= 0) {
      quietUntil.remove(call.base(), until);
    }
    return Math.max(0, millis);
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
