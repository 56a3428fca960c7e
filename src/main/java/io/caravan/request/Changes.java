package io.caravan.request;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The columns that a patch sets, and only those: two patches of different fields at the same time
 * both stand.
 */
public final class Changes {
  private final Map<String, Object> values = new LinkedHashMap<>();

  /**
   * @param column a column's name as a constant of the program, never something sent
   */
  public void set(String column, Object value) {
    values.put(column, value);
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  /**
   * @param table a table's name as a constant of the program, with columns id, updated_at and
   *     deleted_at
   */
  public void apply(JdbcClient jdbc, String table, UUID id) {
    if (values.isEmpty()) {
      return;
    }
    String set =
        values.keySet().stream()
            .map(column -> column + " = :" + column)
            .collect(Collectors.joining(", "));
    jdbc.sql(
            "update "
                + table
                + " set "
                + set
                + ", updated_at = now() where id = :id and deleted_at is null")
        .params(values)
        .param("id", id)
        .update();
  }
}
