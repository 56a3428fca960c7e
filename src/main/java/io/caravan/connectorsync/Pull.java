package io.caravan.connectorsync;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.connectorsync.dataset.Load;
import io.caravan.connectorsync.dataset.LoadResult;
import io.caravan.connectorsync.dataset.Sample;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.StopSignal;
import io.caravan.run.WorkItem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One connector while its records are fetched. What a type's route works with: it begins a load for
 * each resource, hands over records, and commits. A load that is not committed leaves no trace.
 * When the connector is only tried, nothing is stored at all.
 */
public final class Pull implements AutoCloseable {
  private static final Duration SHOWN_EVERY = Duration.ofSeconds(1);

  private final UUID connector;
  private final String name;
  private final String type;
  private JsonNode config;
  private final JsonNode credentials;
  private final StopSignal stop;
  private final WorkItem item;
  private final List<LoadResult> results = new ArrayList<>();
  private final ExecutorService loader =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
  private Future<?> underWay;
  private Load load;
  private long nextShown = System.nanoTime();
  private Sample sample;

  private Pull(
      UUID connector,
      String name,
      String type,
      JsonNode config,
      JsonNode credentials,
      StopSignal stop,
      WorkItem item) {
    this.connector = connector;
    this.name = name;
    this.type = type;
    this.config = config;
    this.credentials = credentials;
    this.stop = stop;
    this.item = item;
  }

  static Pull sync(Connector connector, JsonNode credentials, WorkItem item) {
    return new Pull(
        connector.id(),
        connector.name(),
        connector.type(),
        connector.config(),
        credentials,
        item.stop(),
        item);
  }

  static Pull trial(
      UUID connector, String name, String type, JsonNode config, JsonNode credentials) {
    return new Pull(connector, name, type, config, credentials, new StopSignal(), null);
  }

  /** Name of the connector's type. */
  public String type() {
    return type;
  }

  /** As the type's JSON Schema says. */
  public JsonNode config() {
    return config;
  }

  /**
   * From here on the config is one of another type, whose route carries the sync out.
   *
   * @param other as that type's JSON Schema says
   */
  public void become(JsonNode other) {
    config = other;
  }

  /** As the type's JSON Schema says; an empty object when there are none. */
  public JsonNode credentials() {
    return credentials;
  }

  /** Fires when the sync has to end. */
  public StopSignal stop() {
    return stop;
  }

  /** Whether the connector is only tried. */
  public boolean isTrial() {
    return item == null;
  }

  WorkItem item() {
    return item;
  }

  UUID connector() {
    return connector;
  }

  String name() {
    return name;
  }

  List<LoadResult> results() {
    return results;
  }

  /**
   * The load of the resource that is being fetched.
   *
   * @throws IllegalStateException when none was begun
   */
  Load load() {
    if (load == null) {
      throw new IllegalStateException(
          "The route of connector type %s hands over records before it begins a resource."
              .formatted(type));
    }
    return load;
  }

  /** Once a second. */
  boolean isTimeToShow() {
    if (System.nanoTime() - nextShown < 0) {
      return false;
    }
    nextShown = System.nanoTime() + SHOWN_EVERY.toNanos();
    return true;
  }

  /**
   * Does a part of the load while the caller fetches the next; the one before is done then. What it
   * throws comes with the next step.
   */
  void meanwhile(Callable<?> part) {
    await();
    underWay = loader.submit(part);
  }

  /** Waits until nothing is done meanwhile. */
  void await() {
    if (underWay == null) {
      return;
    }
    Future<?> part = underWay;
    underWay = null;
    try {
      part.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException thrown -> throw thrown;
        case IOException thrown -> throw new UncheckedIOException(thrown);
        default -> throw new IllegalStateException("loading failed", e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(FailureKind.INTERRUPTED, "The sync was interrupted.", e);
    }
  }

  void begun(Load begun) {
    giveUp();
    load = begun;
    if (begun instanceof Sample taken && (sample == null || sample.records().isEmpty())) {
      sample = taken;
    }
  }

  /** The first records of the first resource that has some; empty when nothing was begun. */
  Optional<Sample> sample() {
    return Optional.ofNullable(sample);
  }

  void committed(LoadResult result) {
    results.add(result);
    giveUp();
  }

  /** Gives up what was not committed; the datasets are as before. */
  @Override
  public void close() {
    // A part that is under way ends before.
    loader.close();
    giveUp();
  }

  private void giveUp() {
    if (load != null) {
      load.close();
      load = null;
    }
  }

  @Override
  public String toString() {
    return "Pull[%s, %s]".formatted(name, type);
  }
}
