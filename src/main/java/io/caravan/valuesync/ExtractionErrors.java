package io.caravan.valuesync;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.source.SourceType;
import java.sql.SQLException;

final class ExtractionErrors {
  private ExtractionErrors() {}
  static Failure explain(SQLException e, SourceType type, String what) {
    return new Failure(FailureKind.INTERNAL, "SQLSTATE " + e.getSQLState() + " " + what, e);
  }
}
