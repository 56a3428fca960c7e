package io.caravan.schemasync;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** Guesses which new name an old one has become (requirements, section 4 item 4). */
final class RenameGuess {
  private static final double ALIKE = 0.82;
  private static final double PART = 0.9;
  private static final int SHORTEST_PART = 3;
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

  /** From 0 to 1; a name that was only prefixed or suffixed is alike, however long the addition. */
  private static double alike(String one, String other) {
    String a = plain(one);
    String b = plain(other);
    boolean within =
        Math.min(a.length(), b.length()) >= SHORTEST_PART && (a.contains(b) || b.contains(a));
    double similar = SIMILARITY.apply(a, b);
    return within ? Math.max(similar, PART) : similar;
  }

  /** {@code customerId}, {@code CUSTOMER_ID} and {@code customer id} are one name. */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }
}
