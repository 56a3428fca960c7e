package io.caravan.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.caravan.run.Outcome;
import io.caravan.run.PlannedItem;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A pipeline without work, for the routes in bench/emptysync.camel.yaml. */
public final class EmptyItems {
  private volatile int size;

  void size(int items) {
    size = items;
  }

  public List<PlannedItem> plan() {
    return IntStream.range(0, size)
        .mapToObj(
            i ->
                new PlannedItem(
                    "item-" + i, "item " + i, null, null, JsonNodeFactory.instance.objectNode()))
        .toList();
  }

  public Outcome outcome() {
    return Outcome.succeeded(null);
  }

  public Map<String, Object> report() {
    return Map.of();
  }
}
