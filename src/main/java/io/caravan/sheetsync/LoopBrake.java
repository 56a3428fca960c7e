package io.caravan.sheetsync;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds records that we and something else write against each other (requirements of sheetsync,
 * section 3: no echo loops).
 */
public final class LoopBrake {
  private LoopBrake() {}

  /**
   * A write of ours from the journal.
   *
   * @param recordId the record
   * @param fieldId the field
   * @param cycle the config's cycles, counted up
   * @param before what stood there
   * @param after what we wrote
   */
  public record Write(String recordId, String fieldId, long cycle, Value before, Value after) {
    /** Whether it takes the other back, or has to do the same once more. */
    private boolean fights(Write earlier) {
      return cycle == earlier.cycle + 1
          && (before.equals(earlier.after) && after.equals(earlier.before)
              || before.equals(earlier.before) && after.equals(earlier.after));
    }
  }

  /**
   * @param journal recent writes on either side, in any order
   * @param cycles how many cycles in a row make a loop, at least 3
   * @return records with a field that was written in each of the last cycles, every time taking the
   *     write before it back or repeating it
   * @throws IllegalArgumentException when fewer than 3 cycles are asked for, as undoing once is no
   *     loop
   */
  public static Set<String> frozen(List<Write> journal, int cycles) {
    if (cycles < 3) {
      throw new IllegalArgumentException("Two writes are no loop yet");
    }
    Map<Conflict.Key, List<Write>> byField = new LinkedHashMap<>();
    journal.stream()
        .sorted(Comparator.comparingLong(Write::cycle))
        .forEach(
            write ->
                byField
                    .computeIfAbsent(
                        new Conflict.Key(write.recordId(), write.fieldId()), _ -> new ArrayList<>())
                    .add(write));
    Set<String> frozen = new HashSet<>();
    byField.forEach(
        (key, writes) -> {
          if (isLoop(writes, cycles)) {
            frozen.add(key.recordId());
          }
        });
    return frozen;
  }

  private static boolean isLoop(List<Write> writes, int cycles) {
    if (writes.size() < cycles) {
      return false;
    }
    List<Write> last = writes.subList(writes.size() - cycles, writes.size());
    for (int i = 1; i < last.size(); i++) {
      if (!last.get(i).fights(last.get(i - 1))) {
        return false;
      }
    }
    return true;
  }
}
