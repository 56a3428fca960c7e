package io.caravan.blue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the Blue side asks Green for a sync.
 *
 * @param targets base URLs of Green, tried in order; empty where there is none
 * @param secret what Green's internal API asks for; empty where there is none
 * @param pollInterval time between two checks; it grows with the sync's age, see {@link
 *     SyncUnderWay#LONGEST_PAUSE}
 * @param longestWait a sync that Green has not ended by then is followed no longer
 * @param connectTimeoutMs longest wait for a connection
 * @param answerTimeoutMs longest wait for a whole answer
 * @param mostUnreachable so many checks in a row may get no answer before the sync is given up
 * @param allowedOrigins origins whose pages may call {@code /api/v1/blue} and load the button as a
 *     module
 */
@ConfigurationProperties("caravan.blue")
public record BlueProperties(
    @DefaultValue List<String> targets,
    @DefaultValue("") String secret,
    @DefaultValue("2s") Duration pollInterval,
    @DefaultValue("1h") Duration longestWait,
    @DefaultValue("5000") long connectTimeoutMs,
    @DefaultValue("15000") long answerTimeoutMs,
    @DefaultValue("15") int mostUnreachable,
    @DefaultValue List<String> allowedOrigins) {
  public BlueProperties {
    targets =
        targets.stream()
            .map(target -> target.strip().replaceAll("/+$", ""))
            .filter(target -> !target.isEmpty())
            .distinct()
            .toList();
    secret = secret.strip();
    allowedOrigins = allowedOrigins.stream().map(String::strip).toList();
  }

  /** The longest that one call of Green takes. */
  public Duration longestCall() {
    return Duration.ofMillis(connectTimeoutMs + answerTimeoutMs);
  }

  /** The variables that are to be set before anything can be asked for. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    if (targets.isEmpty()) {
      missing.add("TARGET_API_URL");
    }
    if (secret.isEmpty()) {
      missing.add("SYNC_SECRET_KEY");
    }
    return missing;
  }

  @Override
  public String toString() {
    return "BlueProperties[targets=" + targets + "]";
  }
}
