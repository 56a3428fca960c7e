package io.caravan.source;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Finds the name that is meant among those that differ by case. */
final class Spelling {
  private Spelling() {}

  /**
   * @return the exact spelling when it is there, else the only one in another case
   * @throws Failure of kind configuration when several fit
   */
  static Optional<String> of(String written, Collection<String> names) {
    if (names.contains(written)) {
      return Optional.of(written);
    }
    List<String> fitting =
        names.stream().filter(name -> name.equalsIgnoreCase(written)).sorted().toList();
    if (fitting.size() > 1) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "The name %s fits %s; give it in exactly one of these spellings."
              .formatted(written, String.join(" and ", fitting)));
    }
    return fitting.stream().findFirst();
  }
}
