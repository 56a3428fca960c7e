package io.caravan.schemasync;

import io.caravan.schemasync.ColumnType.Field;
import io.caravan.schemasync.ColumnType.ListOf;
import io.caravan.schemasync.ColumnType.MapOf;
import io.caravan.schemasync.ColumnType.Struct;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds what a spelling means in some vocabularies.
 *
 * @param levels a level counts only when no level before it knows the name
 * @param flatArrays whether the vendor stores all arrays of a type alike, of whatever depth and
 *     size
 */
record TypeReader(List<List<Vocabulary>> levels, boolean flatArrays) {
  /** Deeper structures than any vendor allows to be useful, and shallow enough for any stack. */
  private static final int DEEPEST = 40;

  private static final Pattern ARRAY_NAME = Pattern.compile("_[^_]");

  TypeReading read(String text) {
    return read(text, 0);
  }

  private TypeReading read(String text, int depth) {
    Spelling spelling = depth > DEEPEST ? null : Spelling.of(text);
    return spelling == null
        ? new TypeReading(null, text.strip().toLowerCase(Locale.ROOT), List.of())
        : read(spelling, depth);
  }

  private TypeReading read(Spelling spelling, int depth) {
    List<ColumnType> types =
        spelling.dimensions().isEmpty() ? flat(spelling, depth) : List.of(array(spelling, depth));
    return new TypeReading(spelling, spelling.plain(), types);
  }

  private ColumnType array(Spelling spelling, int depth) {
    TypeReading element = read(spelling.element(), depth + 1);
    if (flatArrays) {
      return new ListOf(element, null);
    }
    List<Integer> sizes = spelling.dimensions();
    for (int i = 0; ; i++) {
      ListOf list = new ListOf(element, sizes.get(i) == 0 ? null : Long.valueOf(sizes.get(i)));
      if (i + 1 == sizes.size()) {
        return list;
      }
      element = new TypeReading(null, element.plain() + "[" + sizes.get(i) + "]", List.of(list));
    }
  }

  private List<ColumnType> flat(Spelling spelling, int depth) {
    for (String name : names(spelling.name())) {
      for (List<Vocabulary> level : levels) {
        Set<ColumnType> types = meanings(level, spelling.named(name));
        if (!types.isEmpty()) {
          return types.stream().map(type -> filled(type, spelling, depth)).toList();
        }
      }
    }
    return ARRAY_NAME.matcher(spelling.name()).lookingAt()
        ? catalogueArray(spelling, depth)
        : List.of();
  }

  /**
   * Each meaning once, before anybody reads what stands within it: else the work would double with
   * every level of nesting.
   */
  private static Set<ColumnType> meanings(List<Vocabulary> level, Spelling spelling) {
    Set<ColumnType> types = new LinkedHashSet<>();
    level.forEach(vocabulary -> types.addAll(vocabulary.meanings(spelling)));
    return types;
  }

  /** A name in a schema, such as {@code public.geometry}, may be an extension's. */
  private static List<String> names(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? List.of(name) : List.of(name, name.substring(dot + 1));
  }

  /** PostgreSQL's catalogue calls {@code text[]} {@code _text}. */
  private List<ColumnType> catalogueArray(Spelling spelling, int depth) {
    TypeReading element = read(spelling.named(spelling.name().substring(1)), depth + 1);
    return element.known() ? List.of(new ListOf(element, null)) : List.of();
  }

  /** Arrays, structs and maps with what the spelling says they hold. */
  private ColumnType filled(ColumnType type, Spelling spelling, int depth) {
    List<String> arguments = spelling.arguments();
    if (arguments.isEmpty()) {
      return type;
    }
    return switch (type) {
      case ListOf _ -> new ListOf(read(arguments.getFirst(), depth + 1), spelling.number(1));
      case MapOf map when arguments.size() < 2 -> map;
      case MapOf _ ->
          new MapOf(read(arguments.get(0), depth + 1), read(arguments.get(1), depth + 1));
      case Struct _ -> new Struct(fields(arguments, depth + 1));
      default -> type;
    };
  }

  private List<Field> fields(List<String> arguments, int depth) {
    List<Field> fields = new ArrayList<>();
    for (String argument : arguments) {
      int end = endOfName(argument);
      String name = argument.substring(0, end).replaceAll("[\"`]", "").strip();
      String type = argument.substring(Math.min(end + 1, argument.length())).strip();
      // BigQuery's fields need no name.
      fields.add(
          type.isEmpty() || end == 0
              ? new Field("#" + fields.size(), read(argument, depth))
              : new Field(name.toLowerCase(Locale.ROOT), read(type, depth)));
    }
    return List.copyOf(fields);
  }

  private static int endOfName(String field) {
    char first = field.charAt(0);
    if (first == '"' || first == '`') {
      return Math.max(0, field.indexOf(first, 1)) + 1;
    }
    int end = 0;
    while (end < field.length() && " \t\n:(<[".indexOf(field.charAt(end)) < 0) {
      end++;
    }
    // A bracket right after the first word belongs to a type without a name.
    return end < field.length() && "(<[".indexOf(field.charAt(end)) >= 0 ? 0 : end;
  }
}
