package io.caravan.valuesync;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.sql.SQLException;

final class ExtractionErrors {
  private ExtractionErrors() {}
  static Failure explain(SQLException e, ColumnRef column) {
    return new Failure(FailureKind.INTERNAL, "SQLSTATE " + e.getSQLState() + " " + column.title(), e);
  }
}
