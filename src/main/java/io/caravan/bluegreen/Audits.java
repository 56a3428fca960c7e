package io.caravan.bluegreen;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Looks at a release that is built and not yet seen by readers. */
@Component
class Audits {
  private final JdbcClient jdbc;
  private final BlueGreenProperties properties;

  Audits(JdbcClient jdbc, BlueGreenProperties properties) {
    this.jdbc = jdbc;
    this.properties = properties;
  }

  /**
   * @param built the parts of the new release by entity
   * @param live those of the live one; empty before the first
   */
  List<Audit> of(
      EntitySet entities, Map<String, Releases.Part> built, Map<String, Releases.Part> live) {
    List<Audit> audits = new ArrayList<>();
    for (Entity entity : entities.entities()) {
      Releases.Part part = built.get(entity.name());
      Releases.Part before = live.get(entity.name());
      if (before != null) {
        audits.addAll(size(entity, part, before));
      }
      audits.add(setAside(entity, part));
      audits.add(uniqueKey(entity, part));
      entity.columns().stream()
          .filter(column -> column.references() != null)
          .forEach(column -> audits.add(references(entity, column, built, entities)));
    }
    return audits;
  }

  private List<Audit> size(Entity entity, Releases.Part part, Releases.Part before) {
    double least = Math.ceil(before.rows() * properties.smallestShare());
    return List.of(
        new Audit(
            entity.name(),
            "not-empty",
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

  private Audit uniqueKey(Entity entity, Releases.Part part) {
    List<List<String>> sets = new ArrayList<>(entity.unique());
    sets.add(entity.key());
    long again = 0;
    for (List<String> set : sets) {
      again +=
          count(
              """
              select coalesce(sum(n - 1), 0) from (
                select count(*) n from %s where num_nulls(%s) = 0 group by %s having count(*) > 1) again
              """
                  .formatted(
                      GreenTables.table(entity.name(), part.version()),
                      GreenTables.names(set),
                      GreenTables.names(set)));
    }
    return new Audit(
        entity.name(),
        "unique-key",
        again == 0,
        again,
        0,
        "%s: %d rows share the key of another row that says something else"
            .formatted(entity.name(), again));
  }

  private Audit references(
      Entity entity, Column column, Map<String, Releases.Part> built, EntitySet entities) {
    String other = column.references();
    long dangling =
        count(
            """
            select count(*) from %1$s a
             where a."%2$s" is not null and not exists (select from %3$s b where b.%4$s = a."%2$s")
            """
                .formatted(
                    GreenTables.table(entity.name(), built.get(entity.name()).version()),
                    column.name(),
                    GreenTables.table(other, built.get(other).version()),
                    GreenTables.names(entities.named(other).key())));
    return new Audit(
        entity.name(),
        "references",
        dangling == 0,
        dangling,
        0,
        "%s: %d rows whose %s is in no row of %s"
            .formatted(entity.name(), dangling, column.name(), other));
  }

  private long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }
}
