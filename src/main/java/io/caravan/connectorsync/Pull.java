package io.caravan.connectorsync;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.connectorsync.dataset.Conveyor;
import io.caravan.connectorsync.dataset.Load;
import io.caravan.connectorsync.dataset.LoadResult;
import io.caravan.connectorsync.dataset.Sample;
import io.caravan.failure.StopSignal;
import io.caravan.run.WorkItem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One connector while its records are fetched. What a type's route works with: it begins a load for
 * each resource, hands over records, and commits. A load that is not committed leaves no trace.
 * When the connector is only tried, nothing is stored at all.
 */
public final class Pull implements AutoCloseable {
  private static final Duration SHOWN_EVERY = Duration.ofSeconds(1);

  /** Pages that wait to be loaded, or are under way. */
  private static final int PARTS = 2;

  private final UUID connector;
  private final String name;
  private final String type;
  private JsonNode config;
  private final JsonNode credentials;
  private final StopSignal stop;
  private final WorkItem item;
  private final List<LoadResult> results = new ArrayList<>();
  private Load load;
  private Conveyor loader;
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
   * Does a part of the load while the caller fetches the next. What it throws comes with a later
   * step.
   */
  void meanwhile(Conveyor.Part part) {
    load();
    loader.add(part);
  }

  /** Waits until nothing is done meanwhile. Throws what did not succeed, whenever that was. */
  void await() {
    load();
    loader.await();
  }

  void begun(Load begun) {
    load = begun;
    loader = new Conveyor("pages", PARTS);
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
    giveUp();
  }

  void giveUp() {
    if (load != null) {
      loader.close();
      load.close();
      load = null;
    }
  }

  @Override
  public String toString() {
    return "Pull[%s, %s]".formatted(name, type);
  }
}
