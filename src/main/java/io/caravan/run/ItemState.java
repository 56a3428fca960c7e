package io.caravan.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The states of an item (CONTRACT section 3) and the steps between them that are legal. */
public enum ItemState {
  PENDING,
  RUNNING,
  SUCCEEDED,
  FAILED,
  SKIPPED;

  private static final Map<ItemState, Set<ItemState>> NEXT =
      Map.of(
          PENDING, Set.of(RUNNING, SKIPPED),
          // RUNNING to PENDING is the work of a node that is gone, given back.
          RUNNING, Set.of(PENDING, SUCCEEDED, FAILED, SKIPPED));

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static ItemState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  public boolean finished() {
    return !NEXT.containsKey(this);
  }

  /**
   * @throws IllegalStateException when an item in this state can never get into the other
   */
  public ItemState to(ItemState next) {
    if (!NEXT.getOrDefault(this, Set.of()).contains(next)) {
      throw new IllegalStateException("an item cannot go from " + word() + " to " + next.word());
    }
    return next;
  }
}
