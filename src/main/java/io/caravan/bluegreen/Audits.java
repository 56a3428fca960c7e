package io.caravan.bluegreen;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What a release has to pass before readers see it (requirements, section 4 item 2). */
@Component
class Audits {
  private final BlueGreenProperties properties;

  Audits(BlueGreenProperties properties) {
    this.properties = properties;
  }

  /**
   * Those that need no query.
   *
   * @param part the entity in the new release
   * @param before in the live one; null before the first
   */
  List<Audit> of(Entity entity, Releases.Part part, Releases.Part before) {
    List<Audit> audits = new ArrayList<>();
    if (before != null) {
      audits.addAll(size(entity, part, before));
    }
    audits.add(setAside(entity, part));
    audits.add(
        new Audit(
            entity.name(),
            "unique-key",
            part.duplicates() == 0,
            part.duplicates(),
            0,
            "%s: %d rows share the key of another row that says something else"
                .formatted(entity.name(), part.duplicates())));
    return audits;
  }

  /**
   * Those that need one: whether what the entity refers to is there.
   *
   * @param built all parts of the new release
   */
  List<AuditQuestion> questions(
      Entity entity, Map<String, Releases.Part> built, EntitySet entities) {
    return entity.columns().stream()
        .filter(column -> column.references() != null)
        .map(column -> question(entity, column, built, entities))
        .toList();
  }

  private static AuditQuestion question(
      Entity entity, Column column, Map<String, Releases.Part> built, EntitySet entities) {
    String own = GreenTables.table(entity.name(), built.get(entity.name()).version());
    Releases.Part other = built.get(column.references());
    String dangling =
        "select count(*) from %s a where a.\"%s\" is not null".formatted(own, column.name());
    String sql =
        other == null
            ? dangling
            : "%s and not exists (select from %s b where b.%s = a.\"%s\")"
                .formatted(
                    dangling,
                    GreenTables.table(column.references(), other.version()),
                    GreenTables.names(entities.named(column.references()).key()),
                    column.name());
    return new AuditQuestion(
        entity.name(),
        sql,
        "%s: %%d rows whose %s is in no row of %s"
            .formatted(entity.name(), column.name(), column.references()));
  }

  private List<Audit> size(Entity entity, Releases.Part part, Releases.Part before) {
    double least = Math.ceil(before.rows() * properties.smallestShare());
    return List.of(
        new Audit(
            entity.name(),
            Audit.NOT_EMPTY,
            part.rows() > 0 || before.rows() == 0,
            part.rows(),
            1,
            "%s: %d rows, live are %d".formatted(entity.name(), part.rows(), before.rows())),
        new Audit(
            entity.name(),
            "not-collapsed",
            part.rows() >= least,
            part.rows(),
            least,
            "%s: %d rows where %d are live; at least %.0f pass"
                .formatted(entity.name(), part.rows(), before.rows(), least)));
  }

  private Audit setAside(Entity entity, Releases.Part part) {
    long aside = 0;
    for (var reason : part.setAside()) {
      aside += reason.asLong();
    }
    double share = aside == 0 ? 0 : (double) aside / (aside + part.rows());
    return new Audit(
        entity.name(),
        "set-aside",
        share <= properties.mostSetAside(),
        share,
        properties.mostSetAside(),
        "%s: %d of %d records set aside %s"
            .formatted(entity.name(), aside, aside + part.rows(), part.setAside()));
  }
}
