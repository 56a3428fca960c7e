package io.caravan.source;

import static io.caravan.source.Dialect.given;

import io.caravan.failure.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What a dataset's YAML says, as far as Caravan reads it; everything else in it is left alone.
 *
 * @param name the table, null when not given
 * @param database null when not given
 * @param schema null when not given
 */
public record DatasetDefinition(
    String name, String database, String schema, List<Dimension> dimensions) {
  static final int LONGEST = 1_000_000;

  /**
   * A column that people filter by.
   *
   * @param type as written, null when not given
   */
  public record Dimension(String name, String type, boolean searchable) {}

  /**
   * Reads a dataset's YAML: {@code name, database, schema, dimensions: [{name, type, searchable}]}.
   *
   * @throws InvalidInputException with line and column, or the path of the entry that is wrong
   */
  public static DatasetDefinition parse(String yml) {
    if (yml.length() > LONGEST) {
      throw new InvalidInputException("yml must not be longer than " + LONGEST + " characters.");
    }
    if (!(load(yml) instanceof Map<?, ?> document)) {
      throw new InvalidInputException("yml must be a map with name and dimensions at its top.");
    }
    return new DatasetDefinition(
        text(document, "name", ""),
        text(document, "database", ""),
        text(document, "schema", ""),
        dimensions(document.get("dimensions")));
  }

  private static Object load(String yml) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(LONGEST);
    options.setMaxAliasesForCollections(50);
    options.setNestingDepthLimit(50);
    options.setAllowDuplicateKeys(false);
    try {
      return new Yaml(new SafeConstructor(options)).load(yml);
    } catch (MarkedYAMLException e) {
      var mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      String where =
          mark == null
              ? ""
              : " at line %d, column %d".formatted(mark.getLine() + 1, mark.getColumn() + 1);
      throw new InvalidInputException("yml is no valid YAML" + where + ": " + e.getProblem() + ".");
    } catch (YAMLException e) {
      throw new InvalidInputException(
          "yml is no valid YAML: " + e.getMessage().lines().findFirst().orElse("unreadable") + ".");
    }
  }

  private static List<Dimension> dimensions(Object value) {
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> entries)) {
      throw new InvalidInputException("yml: dimensions must be a list.");
    }
    List<Dimension> dimensions = new ArrayList<>();
    for (Object entry : entries) {
      String path = "dimensions[" + dimensions.size() + "]";
      if (!(entry instanceof Map<?, ?> dimension)) {
        throw new InvalidInputException("yml: " + path + " must be a map with a name.");
      }
      String name = text(dimension, "name", path + ".");
      if (!given(name)) {
        throw new InvalidInputException("yml: " + path + ".name is missing.");
      }
      dimensions.add(
          new Dimension(
              name.strip(), text(dimension, "type", path + "."), searchable(dimension, path)));
    }
    return List.copyOf(dimensions);
  }

  private static boolean searchable(Map<?, ?> dimension, String path) {
    return switch (dimension.get("searchable")) {
      case null -> false;
      case Boolean searchable -> searchable;
      default ->
          throw new InvalidInputException("yml: " + path + ".searchable must be true or false.");
    };
  }

  /**
   * A name that looks like a number or a date to YAML is refused rather than guessed back into
   * text.
   */
  private static String text(Map<?, ?> map, String key, String path) {
    return switch (map.get(key)) {
      case null -> null;
      case String text -> text;
      default ->
          throw new InvalidInputException(
              "yml: " + path + key + " must be a text; put it into quotes.");
    };
  }
}
