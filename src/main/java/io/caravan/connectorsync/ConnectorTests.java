package io.caravan.connectorsync;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.connectorsync.dataset.Sample;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.NotFoundException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Tries connectors: the route of their type runs until a few records are there, and none is kept.
 */
@Component
public class ConnectorTests {
  private final Connectors connectors;
  private final ConnectorCredentials credentials;
  private final ConnectorHealth health;
  private final Duration longest;

  ConnectorTests(
      Connectors connectors,
      ConnectorCredentials credentials,
      ConnectorHealth health,
      @Value("${caravan.connectorsync.longest-test}") Duration longest) {
    this.connectors = connectors;
    this.credentials = credentials;
    this.health = health;
    this.longest = longest;
  }

  /**
   * Begins to try a connector.
   *
   * @param tenant whose it has to be; null for anybody's
   * @throws NotFoundException when there is no such connector of that tenant
   */
  public Pull open(UUID id, String tenant) {
    Connector connector = connectors.get(id);
    if (tenant != null && !tenant.equals(connector.tenantId())) {
      throw new NotFoundException("There is no connector %s of that tenant.".formatted(id));
    }
    return begun(
        Pull.trial(id, connector.name(), connector.type(), connector.config(), credentials.of(id)));
  }

  /** Begins to try one that is not there yet. */
  public Pull open(Connectors.Draft draft) {
    credentials.register(draft.credentials());
    return begun(
        Pull.trial(draft.id(), draft.name(), draft.type(), draft.config(), draft.credentials()));
  }

  private Pull begun(Pull pull) {
    Failure late =
        new Failure(
            FailureKind.TIMEOUT,
            "The source showed no record within %d seconds.".formatted(longest.toSeconds()));
    CompletableFuture.delayedExecutor(longest.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> pull.stop().stop(late));
    return pull;
  }

  /**
   * What came of it.
   *
   * @param failure null when the type's route came to its end, or had enough
   */
  public ConnectorTest result(Pull pull, Failure failure) {
    List<JsonNode> sample = pull.sample().map(Sample::records).orElse(List.of());
    if (failure != null) {
      return new ConnectorTest(false, failure.getMessage(), sample, failure.kind());
    }
    return new ConnectorTest(
        true,
        sample.isEmpty()
            ? "The source answers, and has no records."
            : "The source answers; these are its first records.",
        sample,
        null);
  }

  /** A connector that waited for somebody is synced again after a test that went well. */
  public ConnectorTest note(Pull pull, ConnectorTest test) {
    if (test.ok()) {
      health.tested(pull.connector());
    }
    return test;
  }
}
