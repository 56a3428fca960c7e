package io.caravan.schemasync;

import io.caravan.schemasync.ColumnType.Field;
import io.caravan.schemasync.ColumnType.ListOf;
import io.caravan.schemasync.ColumnType.MapOf;
import io.caravan.schemasync.ColumnType.Other;
import io.caravan.schemasync.ColumnType.Struct;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Arrays, structs and maps fit when all their parts do. */
final class NestedFit {
  private NestedFit() {}

  static Fit of(ListOf expected, ColumnType actual) {
    return actual instanceof ListOf list ? lists(expected, list) : document(expected, actual);
  }

  static Fit of(Struct expected, ColumnType actual) {
    return actual instanceof Struct struct ? structs(expected, struct) : document(expected, actual);
  }

  static Fit of(MapOf expected, ColumnType actual) {
    if (!(actual instanceof MapOf map)) {
      return document(expected, actual);
    }
    if (expected.key() == null) {
      return Fit.same();
    }
    if (map.key() == null) {
      return Fit.widening("it holds any keys and values");
    }
    return part("its keys", TypeComparison.fit(expected.key(), map.key()))
        .andWorse(part("its values", TypeComparison.fit(expected.value(), map.value())));
  }

  /** Vendors without arrays, structs or maps keep them in one type for all that has no schema. */
  private static Fit document(ColumnType expected, ColumnType actual) {
    if (actual instanceof Other other) {
      if (other.is("variant")) {
        return Fit.widening("it holds values of any structure");
      }
      if (other.is("object") && !(expected instanceof ListOf)) {
        return Fit.same("its fields are not told");
      }
    }
    return Fit.otherKind(expected, actual);
  }

  private static Fit lists(ListOf expected, ListOf actual) {
    if (expected.size() != null && !expected.size().equals(actual.size())) {
      return actual.size() == null
          ? Fit.widening("it holds arrays of any size")
          : Fit.incompatible("the arrays have %d elements".formatted(actual.size()));
    }
    if (expected.element() == null) {
      return Fit.same();
    }
    return actual.element() == null
        ? Fit.widening("its elements may be of any type")
        : part("its elements", TypeComparison.fit(expected.element(), actual.element()));
  }

  private static Fit structs(Struct expected, Struct actual) {
    if (expected.fields() == null) {
      return Fit.same();
    }
    if (actual.fields() == null) {
      return Fit.widening("it may hold any fields");
    }
    Map<String, Field> fields =
        actual.fields().stream()
            .collect(Collectors.toMap(Field::name, Function.identity(), (first, _) -> first));
    Fit worst =
        expected.fields().size() < fields.size() ? Fit.widening("it has more fields") : Fit.same();
    for (Field field : expected.fields()) {
      Field live = fields.get(field.name());
      worst =
          worst.andWorse(
              live == null
                  ? Fit.narrowing("the field %s is missing".formatted(field.name()))
                  : part(
                      "the field " + field.name(), TypeComparison.fit(field.type(), live.type())));
    }
    return worst;
  }

  private static Fit part(String name, Fit fit) {
    return new Fit(fit.kind(), "of " + name + ", " + fit.why());
  }
}
