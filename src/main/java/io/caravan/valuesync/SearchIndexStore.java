package io.caravan.valuesync;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a column's values are searched through, derived from them as a whole. Part of the caller's transaction. */
@Component
class SearchIndexStore {
  private final JdbcClient jdbc;

  SearchIndexStore(DataSource dataSource) {
    jdbc = JdbcClient.create(dataSource);
  }

  /** @param ranked all searchable values of the column, in the order of suggestions */
  void rebuild(int columnNo, List<ValueCount> ranked) {
    jdbc.sql(
            """
            insert into valuesync.value_list (column_no, packed) values (?, ?)
            on conflict (column_no) do update set packed = excluded.packed
            """)
        .param(columnNo)
        .param(ValueList.pack(ranked))
        .update();
    jdbc.sql(
            """
            update valuesync.searchable_column
            set list_version = nextval('valuesync.list_version'), large = false
            where column_no = ?
            """)
        .param(columnNo)
        .update();
  }
}
