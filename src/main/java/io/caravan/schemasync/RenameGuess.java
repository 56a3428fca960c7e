package io.caravan.schemasync;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** Guesses which new name an old one has become (requirements, section 4 item 4). */
final class RenameGuess {
  private static final double ALIKE = 0.82;
  private static final JaroWinklerSimilarity SIMILARITY = new JaroWinklerSimilarity();

  private RenameGuess() {}

  /**
   * @param candidates names that nothing else explains
   * @return the one that is most alike, when it is alike enough
   */
  static Optional<String> of(String old, Collection<String> candidates) {
    return candidates.stream()
        .filter(candidate -> alike(old, candidate) >= ALIKE)
        .max(
            Comparator.comparingDouble((String candidate) -> alike(old, candidate))
                .thenComparing(Comparator.reverseOrder()));
  }

  private static double alike(String one, String other) {
    return SIMILARITY.apply(plain(one), plain(other));
  }

  /** {@code customerId}, {@code CUSTOMER_ID} and {@code customer id} are one name. */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }
}
