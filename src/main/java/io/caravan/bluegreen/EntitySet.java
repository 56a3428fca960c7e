package io.caravan.bluegreen;

import io.caravan.paging.Paginator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * All entities of a release, those that others refer to first (BG-12).
 *
 * @param entities in the order in which they are transformed
 * @param paginator how their source pages its lists
 */
public record EntitySet(List<Entity> entities, Paginator paginator) {
  private static final Pattern NEXT_WORD = Pattern.compile("_(.)");

  /**
   * @param entities as they stand in the file
   * @throws IllegalArgumentException when entities refer to each other in a circle; names them
   */
  static EntitySet inOrder(List<Entity> entities, Paginator paginator) {
    List<Entity> waiting = new ArrayList<>(entities);
    List<Entity> ordered = new ArrayList<>();
    while (!waiting.isEmpty()) {
      List<String> stillWaiting = waiting.stream().map(Entity::name).toList();
      List<Entity> next =
          waiting.stream()
              .filter(entity -> entity.references().stream().noneMatch(stillWaiting::contains))
              .toList();
      if (next.isEmpty()) {
        throw new IllegalArgumentException(
            "refer to each other in a circle: " + String.join(", ", stillWaiting));
      }
      ordered.addAll(next);
      waiting.removeAll(next);
    }
    return new EntitySet(List.copyOf(ordered), paginator);
  }

  /** The paths to be fetched, each with the entities that its payload becomes. */
  public Map<String, List<Entity>> byPath() {
    Map<String, List<Entity>> paths = new LinkedHashMap<>();
    entities.forEach(
        entity -> paths.computeIfAbsent(entity.path(), path -> new ArrayList<>()).add(entity));
    return paths;
  }

  /**
   * The entity by its name in any of the forms that callers use: {@code TalentsMeasurements},
   * {@code talents_measurements}, {@code talents-measurements} (facts of the Blue API).
   */
  Optional<Entity> find(String name) {
    String wanted = folded(name);
    return entities.stream().filter(entity -> folded(entity.name()).equals(wanted)).findFirst();
  }

  Entity named(String name) {
    return find(name).orElseThrow();
  }

  /** Under this name the raw JSON of a path is kept: that of the first entity made from it. */
  public String rawName(String path) {
    return byPath().get(path).getFirst().name();
  }

  /** The name under which an array may stand in the payload of a path (facts of the Blue API). */
  String camelName(String path) {
    return NEXT_WORD
        .matcher(rawName(path))
        .replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
  }

  /** For messages to who named an entity that is none. */
  String names() {
    return entities.stream().map(Entity::name).collect(Collectors.joining(", "));
  }

  private static String folded(String name) {
    return name.replaceAll("[_-]", "").toLowerCase(Locale.ROOT);
  }
}
