package io.caravan.camel;

import io.caravan.failure.ConflictException;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.NotFoundException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Which kind of failure an exception is. */
final class Failures {
  private Failures() {}

  static Failure of(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case Failure failure -> {
          return failure;
        }
        case InvalidInputException e -> {
          return new Failure(FailureKind.CONFIGURATION, e.getMessage(), e);
        }
        case NotFoundException e -> {
          return new Failure(FailureKind.CONFIGURATION, e.getMessage(), e);
        }
        case ConflictException e -> {
          return new Failure(FailureKind.CONFIGURATION, e.getMessage(), e);
        }
        case TransientDataAccessException e -> {
          return ownDatabase(e);
        }
        case CannotGetJdbcConnectionException e -> {
          return ownDatabase(e);
        }
        case CannotCreateTransactionException e -> {
          return ownDatabase(e);
        }
        default -> {
          // A wrapper: the reason is further down.
        }
      }
    }
    return new Failure(
        FailureKind.INTERNAL,
        "Caravan met an error it did not expect (%s); its log has the details."
            .formatted(thrown.getClass().getSimpleName()),
        thrown);
  }

  private static Failure ownDatabase(Exception e) {
    return new Failure(FailureKind.TRANSIENT, "Caravan's own database did not answer.", e);
  }
}
