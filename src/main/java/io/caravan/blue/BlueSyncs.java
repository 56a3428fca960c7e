package io.caravan.blue;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.caravan.failure.NotConfiguredException;
import io.caravan.failure.NotFoundException;
import io.caravan.run.RunProperties;
import io.caravan.secret.Redactor;
import io.caravan.setting.EmbeddedDatabase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The syncs that Blue asked for: at most one runs at a time, and each is a row of {@code
 * bluegreen.blue_sync} from its beginning on.
 */
@Component
public class BlueSyncs implements SmartInitializingSingleton {
  private static final Logger LOG = LoggerFactory.getLogger(BlueSyncs.class);
  private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();
  private static final int HISTORY = 10;

  /** How much longer than a pause and a call a row is somebody's. */
  private static final Duration SPARE = Duration.ofSeconds(15);

  private static final String LOST =
      "The Caravan that followed the sync stopped; Green may have ended it all the same.";

  /**
   * A sync that was asked for.
   *
   * @param mine null when it runs already and somebody works on it
   */
  public record Asked(UUID id, SyncUnderWay mine) {}

  private final BlueProperties properties;
  private final BlueSyncStore store;
  private final Redactor redactor;
  private final ObjectProvider<EmbeddedDatabase> embedded;
  private final Duration keepFor;
  private final Duration lease;
  private final Map<UUID, SyncUnderWay> underWay = new ConcurrentHashMap<>();

  BlueSyncs(
      BlueProperties properties,
      BlueSyncStore store,
      Redactor redactor,
      ObjectProvider<EmbeddedDatabase> embedded,
      RunProperties runs) {
    this.properties = properties;
    this.store = store;
    this.redactor = redactor;
    this.embedded = embedded;
    this.keepFor = runs.keepFor();
    Duration pause =
        properties.pollInterval().compareTo(SyncUnderWay.LONGEST_PAUSE) > 0
            ? properties.pollInterval()
            : SyncUnderWay.LONGEST_PAUSE;
    this.lease = pause.plus(properties.longestCall()).plus(SPARE);
    redactor.register(properties.secret());
  }

  /** Who holds the embedded database is alone with it, so nobody else works on what runs. */
  @Override
  public void afterSingletonsInstantiated() {
    embedded.ifAvailable(database -> store.expireLeases());
  }

  /**
   * Begins a sync, or joins the one that runs.
   *
   * @throws NotConfiguredException when it is not known whom to ask, or with which secret
   */
  public Asked begin() {
    List<String> missing = properties.missing();
    if (!missing.isEmpty()) {
      throw new NotConfiguredException(
          "The Blue side is not configured: set %s.".formatted(String.join(" and ", missing)));
    }
    store.endLapsed(LOST);
    store.forget(keepFor);
    while (true) {
      UUID id = IDS.generate();
      if (store.add(id, lease)) {
        SyncUnderWay sync = new SyncUnderWay(id, properties, InstantSource.system());
        underWay.put(id, sync);
        return new Asked(id, sync);
      }
      Optional<BlueSync> running = store.running();
      if (running.isPresent()) {
        return new Asked(running.get().id(), null);
      }
    }
  }

  /** A sync that this process works on. */
  public Optional<SyncUnderWay> underWay(String id) {
    return Optional.ofNullable(underWay.get(UUID.fromString(id)));
  }

  /** Notes how far a sync is. One that somebody else ended is worked on no longer. */
  public void note(SyncUnderWay sync) {
    if (!store.note(sync, sync.notes().stream().map(redactor::redact).toList(), lease)) {
      sync.stop(LOST);
    }
  }

  /** Notes the end of a sync. How far it came was noted on its way. */
  public void end(SyncUnderWay sync) {
    underWay.remove(sync.id());
    SyncEnd end = sync.end();
    String error = redactor.redact(end.error());
    store.end(sync.id(), end.status(), error);
    if (error == null) {
      LOG.info("Blue's sync {} succeeded at {}", sync.id(), sync.target());
    } else {
      LOG.warn("Blue's sync {} is {}: {}", sync.id(), end.status(), error);
    }
  }

  /**
   * @throws NotFoundException when there is no such sync
   */
  public BlueSync get(UUID id) {
    store.endLapsed(LOST);
    return store
        .find(id)
        .orElseThrow(() -> new NotFoundException("There is no sync %s.".formatted(id)));
  }

  /**
   * @param limit how long the history is at most; null for the usual
   */
  public BlueStatus status(Integer limit) {
    store.endLapsed(LOST);
    return new BlueStatus(
        properties.missing().isEmpty(),
        store.running().orElse(null),
        store.last().orElse(null),
        store.lastSuccessful().orElse(null),
        store.newest(limit == null ? HISTORY : limit));
  }

  /** Before routes are stopped, since they wait for what is under way. */
  @EventListener(ContextClosedEvent.class)
  void interruptAll() {
    underWay.values().forEach(sync -> sync.stop(LOST));
  }
}
