package io.caravan.source;

import io.caravan.failure.InvalidInputException;
import io.caravan.source.SqlExpressions.UsedColumn;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Changes one column in a dataset's YAML and leaves every other byte as it is: comments, order,
 * quotes, indentation, line ends.
 *
 * <p>A column that is an entry twice, such as a dimension that is aggregated too, changes in both.
 * Filters and relationships are not touched. What comes out is read again and must say the same but
 * for the change; if it does not, nothing is returned.
 */
public final class DatasetPatch {
  private final DatasetOutline outline;
  private final DatasetOutline.Table table;
  private final String yml;
  private final TextEdits edits;
  private final Map<Node, String> replaced = new IdentityHashMap<>();

  /**
   * A changed text.
   *
   * @param difference the changed lines for people, such as {@code @@ line 12 @@}, {@code - name:
   *     a}, {@code + name: b}; shortened when they are many
   */
  public record Patched(String yml, String difference) {}

  private DatasetPatch(String yml, String table) {
    this.yml = yml;
    this.outline = DatasetOutline.read(yml, table, new SqlExpressions());
    this.table = find(outline, table);
    this.edits = new TextEdits(yml);
  }

  private static DatasetOutline.Table find(DatasetOutline outline, String name) {
    List<DatasetOutline.Table> found =
        outline.tables().stream()
            .filter(
                table ->
                    name == null
                        || table.name() == null
                        || table.name().strip().equalsIgnoreCase(name.strip()))
            .toList();
    if (found.size() != 1) {
      throw new InvalidInputException(
          "yml describes %s table %s; edit it by hand."
              .formatted(found.isEmpty() ? "no" : "more than one", name == null ? "" : name));
    }
    return found.getFirst();
  }

  /**
   * Gives a column another name, in its own entry and in the expressions of the table that use it.
   *
   * @param table as the YAML calls it, in any case; any when the YAML names none; null for the only
   *     one
   * @param from as the YAML calls it; in any case unless the YAML has it in exactly this one
   * @throws InvalidInputException when there is no such column, or the change cannot be made
   *     safely: nothing is changed then, and the message says what to edit by hand
   */
  public static Patched rename(String yml, String table, String from, String to) {
    requireText(to, "The new name");
    DatasetPatch patch = new DatasetPatch(yml, table);
    Predicate<String> isFrom = patch.matching(from);
    ColumnRename rename =
        new ColumnRename(patch.table.name() == null ? table : patch.table.name(), from, to);
    for (DatasetEntry entry : patch.table.entries()) {
      if (entry.expression() == null) {
        if (isFrom.test(entry.label())) {
          patch.set(entry, entry.name(), to);
          patch.requireNoReference(entry);
        }
      } else if (entry.reading().columns().stream().anyMatch(used -> isFrom.test(used.name()))) {
        patch.replaced.put(entry.expression(), rename.in(entry.expression(), yml, patch.edits));
      }
    }
    Patched patched = patch.result(from);
    patch.requireSameColumns(patched.yml(), table, isFrom, to);
    return patched;
  }

  /**
   * Gives a column another type wherever the YAML says its type.
   *
   * @param table as for {@link #rename}
   * @throws InvalidInputException when there is no such column or it has no type, or the change
   *     cannot be made safely
   */
  public static Patched changeType(String yml, String table, String column, String type) {
    requireText(type, "The new type");
    DatasetPatch patch = new DatasetPatch(yml, table);
    Predicate<String> isColumn = patch.matching(column);
    for (DatasetEntry entry : patch.table.entries()) {
      if (entry.columnType() != null && isColumn.test(entry.column())) {
        patch.set(entry, entry.columnType(), type);
      }
    }
    return patch.result(column);
  }

  /**
   * Takes a column out: all of its entry, with the comments directly above.
   *
   * @param table as for {@link #rename}
   * @throws InvalidInputException when there is no such column, an expression still uses it, or the
   *     change cannot be made safely
   */
  public static Patched remove(String yml, String table, String column) {
    DatasetPatch patch = new DatasetPatch(yml, table);
    Predicate<String> isColumn = patch.matching(column);
    YamlRemoval removal = new YamlRemoval(yml, patch.outline.root());
    for (DatasetEntry entry : patch.table.entries()) {
      if (entry.isColumn() && isColumn.test(entry.column())) {
        YamlRemoval.Range range = removal.of(entry.node());
        patch.edits.replace(range.start(), range.end(), "");
        patch.replaced.put(entry.node(), null);
        patch.requireNoReference(entry);
      } else if (entry.expression() != null
          && entry.reading().columns().stream().anyMatch(used -> isColumn.test(used.name()))) {
        throw YamlDocument.invalid(
            entry.expression(),
            "the expression of %s uses %s; edit it by hand".formatted(entry.path(), column));
      }
    }
    return patch.result(column);
  }

  private static void requireText(String value, String what) {
    if (!Dialect.given(value) || !value.equals(value.strip())) {
      throw new InvalidInputException(what + " must be a text without blanks around it.");
    }
  }

  /** Names differ in case between YAML and databases, unless the YAML itself tells two apart. */
  private Predicate<String> matching(String name) {
    boolean exact = table.entries().stream().anyMatch(e -> e.isColumn() && e.column().equals(name));
    return exact ? name::equals : name::equalsIgnoreCase;
  }

  private void set(DatasetEntry entry, ScalarNode node, String value) {
    boolean flow = entry.node() instanceof MappingNode map && map.getFlowStyle() == FlowStyle.FLOW;
    YamlScalar scalar = YamlScalar.of(yml, node);
    edits.replace(scalar.start(), scalar.end(), scalar.withValue(value, flow));
    replaced.put(node, value);
  }

  /** LookML's {@code ${status}} means the entry of that name. */
  private void requireNoReference(DatasetEntry gone) {
    for (DatasetEntry entry : table.entries()) {
      if (entry.expression() != null
          && entry.expression().getValue().contains("${" + gone.label() + "}")) {
        throw YamlDocument.invalid(
            entry.expression(),
            "the expression of %s refers to %s; edit it by hand"
                .formatted(entry.path(), gone.label()));
      }
    }
  }

  private Patched result(String column) {
    if (replaced.isEmpty()) {
      throw new InvalidInputException(
          "yml has no column %s that can be changed so; edit it by hand.".formatted(column));
    }
    List<String> expected = YamlShape.of(outline.root(), replaced);
    String changed = edits.apply();
    DatasetOutline after = DatasetOutline.read(changed, null, SqlExpressions.namesOnly());
    if (!YamlShape.of(after.root(), Map.of()).equals(expected)) {
      throw new InvalidInputException(
          "yml: the change of %s would change more than that; edit it by hand.".formatted(column));
    }
    return new Patched(changed, edits.difference());
  }

  /** The expressions must use what they used, the new name in the place of the old one. */
  private void requireSameColumns(
      String changed, String name, Predicate<String> isFrom, String to) {
    DatasetOutline.Table after =
        DatasetOutline.read(changed, name, new SqlExpressions())
            .tables()
            .get(outline.tables().indexOf(table));
    for (int i = 0; i < table.entries().size(); i++) {
      List<String> expected =
          names(table.entries().get(i)).stream()
              .map(used -> isFrom.test(used) ? to : used)
              .distinct()
              .toList();
      if (!names(after.entries().get(i)).equals(expected)) {
        throw YamlScalar.of(yml, table.entries().get(i).name()).byHand();
      }
    }
  }

  private static List<String> names(DatasetEntry entry) {
    List<String> names = new ArrayList<>();
    if (entry.expression() != null) {
      entry.reading().columns().stream().map(UsedColumn::name).forEach(names::add);
    }
    return names.stream().distinct().toList();
  }
}
