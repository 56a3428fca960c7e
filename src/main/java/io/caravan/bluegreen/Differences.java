package io.caravan.bluegreen;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a release changes, entity by entity, told by key (requirements, section 4 item 4). */
@Component
class Differences {
  private final JdbcClient jdbc;

  Differences(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param before the live part, null for an entity's first release
   */
  void record(int release, Entity entity, Releases.Part part, Releases.Part before) {
    if (before == null || before.version() == part.version()) {
      return;
    }
    String now = GreenTables.table(entity.name(), part.version());
    String then = GreenTables.table(entity.name(), before.version());
    List<String> same =
        jdbc.sql(
                """
                select a.attname from pg_attribute a join pg_attribute b using (attname, atttypid)
                 where a.attrelid = cast(? as regclass) and b.attrelid = cast(? as regclass) and a.attnum > 0
                 order by a.attnum
                """)
            .params(now, then)
            .query(String.class)
            .list();
    String row = "row(" + prefixed("%s", same) + ")";
    jdbc.sql(
            """
            update bluegreen.release_entity e
               set added = e.rows - d.matched, changed = d.changed, removed = %6$d - d.matched
              from (select count(*) as matched,
                           count(*) filter (where %1$s is distinct from %2$s) as changed
                      from %3$s a join %4$s b using (%5$s)) d
             where e.release = ? and e.entity = ?
            """
                .formatted(
                    row.formatted((Object[]) same.stream().map(c -> "a.\"" + c + '"').toArray()),
                    row.formatted((Object[]) same.stream().map(c -> "b.\"" + c + '"').toArray()),
                    now,
                    then,
                    GreenTables.names(entity.key()),
                    before.rows()))
        .params(release, entity.name())
        .update();
  }

  private static String prefixed(String form, List<String> columns) {
    return String.join(", ", columns.stream().map(column -> form).toList());
  }
}
