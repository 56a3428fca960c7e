package io.caravan.camel;

import io.caravan.failure.ConflictException;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.NotConfiguredException;
import io.caravan.failure.NotFoundException;
import java.io.IOException;
import org.apache.camel.http.base.HttpOperationFailedException;
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
        case NotConfiguredException e -> {
          return new Failure(FailureKind.CONFIGURATION, e.getMessage(), e);
        }
        case HttpOperationFailedException e -> {
          return answered(e);
        }
        case IOException e -> {
          return new Failure(
              FailureKind.TRANSIENT,
              "The other side could not be reached or broke off (%s)."
                  .formatted(e.getClass().getSimpleName()),
              e);
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

  /** Without the URL, which may hold a secret. */
  private static Failure answered(HttpOperationFailedException e) {
    int status = e.getStatusCode();
    FailureKind kind =
        switch (status) {
          case 401, 403 -> FailureKind.AUTHORISATION;
          case 408, 425, 429, 500, 502, 503, 504 -> FailureKind.TRANSIENT;
          default -> FailureKind.CONFIGURATION;
        };
    return new Failure(kind, "The other side answered with HTTP status %d.".formatted(status));
  }

  private static Failure ownDatabase(Exception e) {
    return new Failure(FailureKind.TRANSIENT, "Caravan's own database did not answer.", e);
  }
}
