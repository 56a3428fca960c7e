package io.caravan.connectorsync.dataset;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;

/** What Caravan's own database says no to, in the words of the product. */
final class DatabaseFailures {
  private DatabaseFailures() {}

  /** A driver's message can hold a customer's values, so it is not repeated. */
  static RuntimeException of(String dataset, SQLException e) {
    String state = String.valueOf(e.getSQLState());
    // The connection broke, the server stops or is short of something, or somebody holds a lock.
    if (Stream.of("08", "57P", "53", "55P03", "40").anyMatch(state::startsWith)) {
      return new Failure(
          FailureKind.TRANSIENT,
          "%s: Caravan's own database did not take it (SQLSTATE %s).".formatted(dataset, state),
          e);
    }
    if (state.equals("2BP01") || state.equals("0A000")) {
      return new Failure(
          FailureKind.CONFIGURATION,
          "%s: a view uses a column whose type has to be widened (SQLSTATE %s); drop the view and make it again after the sync."
              .formatted(dataset, state),
          e);
    }
    return new SQLStateSQLExceptionTranslator().translate("loading " + dataset, null, e);
  }
}
