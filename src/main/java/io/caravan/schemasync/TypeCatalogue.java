package io.caravan.schemasync;

import io.caravan.schemasync.ColumnType.AnyNumber;
import io.caravan.schemasync.ColumnType.Choice;
import io.caravan.schemasync.ColumnType.ListOf;
import io.caravan.schemasync.ColumnType.Moment;
import io.caravan.schemasync.ColumnType.Other;
import io.caravan.schemasync.ColumnType.Text;
import io.caravan.schemasync.ColumnType.Zone;
import io.caravan.source.SourceType;
import io.caravan.source.ValueKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads spellings of types as one vendor means them. Stateless; the file is read once. */
final class TypeCatalogue {
  private static final Map<SourceType, TypeCatalogue> CATALOGUES = read();

  private final TypeReader live;
  private final TypeReader liveElsewhere;
  private final TypeReader yaml;

  private TypeCatalogue(Vocabulary own, Vocabulary generic, List<Vocabulary> all, boolean flat) {
    live = new TypeReader(List.of(List.of(own)), flat);
    liveElsewhere = new TypeReader(List.of(List.of(generic), all), flat);
    yaml = new TypeReader(List.of(List.of(own, generic), all), flat);
  }

  static TypeCatalogue of(SourceType type) {
    return CATALOGUES.get(type);
  }

  /**
   * A type as a dataset's YAML says it: what the vendor means by it, and what people mean by it in
   * general. Other vendors' names count when neither knows it.
   */
  TypeReading expected(String spelling) {
    return yaml.read(spelling);
  }

  /**
   * A type as the database's catalogue says it. The vendor's own meaning is the only one, however
   * other vendors use the name.
   *
   * @param kind of the column's values, which tells an enum's or a domain's type where its name
   *     cannot; null when not known
   */
  TypeReading actual(String spelling, ValueKind kind) {
    TypeReading own = live.read(spelling);
    if (own.known()) {
      return own;
    }
    List<ColumnType> byKind = ofKind(kind);
    return byKind.isEmpty()
        ? liveElsewhere.read(spelling)
        : new TypeReading(own.spelling(), own.plain(), byKind);
  }

  private static List<ColumnType> ofKind(ValueKind kind) {
    return switch (kind) {
      case TEXT -> List.of(new Text(null));
      case NUMBER -> List.of(new AnyNumber());
      case BOOLEAN -> List.of(new Other("boolean", null));
      case DATE -> List.of(new Other("date", null));
      case TIMESTAMP -> List.of(new Moment(true, Zone.NOT_TOLD, null));
      case TIME -> List.of(new Moment(false, Zone.NOT_TOLD, null), new Other("interval", null));
      case UUID -> List.of(new Other("uuid", null));
      case ENUM -> List.of(new Choice(false, null));
      case ARRAY -> List.of(new ListOf(null, null));
      case UNSEARCHABLE -> List.of();
      case null -> List.of();
    };
  }

  private static Map<SourceType, TypeCatalogue> read() {
    Map<String, Vocabulary> vocabularies = Vocabulary.all();
    Map<SourceType, TypeCatalogue> catalogues = new EnumMap<>(SourceType.class);
    for (SourceType type : SourceType.values()) {
      boolean flat = type == SourceType.POSTGRESQL || type == SourceType.REDSHIFT;
      catalogues.put(
          type,
          new TypeCatalogue(
              vocabularies.get(type.apiName()),
              vocabularies.get("generic"),
              List.copyOf(vocabularies.values()),
              flat));
    }
    return catalogues;
  }
}
