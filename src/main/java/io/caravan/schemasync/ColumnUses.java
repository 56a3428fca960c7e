package io.caravan.schemasync;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What else here stands on a column of a customer's table (requirements, section 4 item 5). */
@Component
class ColumnUses {
  private final JdbcClient jdbc;

  ColumnUses(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @return what breaks with it, in words; empty for nothing
   */
  List<String> of(UUID dataSourceId, Finding finding) {
    if (finding.table() == null || finding.severity() == Severity.INFO) {
      return List.of();
    }
    List<String> uses = new ArrayList<>(finding.usedBy());
    jdbc.sql(
            """
            select distinct column_name || ': ' || use from caravan.column_uses
             where data_source_id = :source and lower(table_name) = lower(:table)
               and (cast(:column as text) is null or lower(column_name) = lower(:column))
             order by 1
            """)
        .param("source", dataSourceId)
        .param("table", finding.table())
        .param("column", finding.column())
        .query(String.class)
        .list()
        .forEach(uses::add);
    return uses;
  }
}
