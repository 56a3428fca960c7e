package io.caravan.sheets;

import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpResponseException;
import com.google.auth.Retryable;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.io.IOException;
import java.time.Duration;

/** What an answer of Google's means (Sheets API: errors and usage limits; OAuth 2.0 errors). */
final class SheetsFailures {
  private static final int LONGEST_MESSAGE = 300;

  /** How Google begins to say that a sheet id is not one of the spreadsheet. */
  private static final String NO_TAB = "No grid with id";

  /** What Google says of a request that would make a workbook too large. */
  private static final String NO_ROOM = "number of cells in the workbook above the limit";

  private SheetsFailures() {}

  /** Whether the owner has to connect again: nothing else brings the log-in back. */
  static boolean hasEnded(IOException e) {
    return e instanceof GoogleJsonResponseException refused
        ? refused.getStatusCode() == 401
        : isOfTokens(e) && !((Retryable) tokenProblem(e)).isRetryable();
  }

  private static boolean isOfTokens(Throwable e) {
    return tokenProblem(e) != null;
  }

  private static Throwable tokenProblem(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof Retryable) {
        return cause;
      }
    }
    return null;
  }

  static Failure explain(IOException e, SheetsCall call, Duration quotaWait) {
    if (e instanceof GoogleJsonResponseException refused) {
      return refused(refused, call, quotaWait);
    }
    if (hasEnded(e)) {
      return new Failure(
          FailureKind.AUTHORISATION,
          "Google does not take the log-in any more; %s.".formatted(call.renewal()));
    }
    if (isOfTokens(e)) {
      return new Failure(FailureKind.TRANSIENT, "Google gave no token just now.", e);
    }
    int status = e instanceof HttpResponseException http ? http.getStatusCode() : 0;
    return new Failure(
        FailureKind.TRANSIENT,
        status == 0
            ? "Google Sheets could not be reached or broke off (%s)."
                .formatted(e.getClass().getSimpleName())
            : "Google Sheets did not answer as it should (HTTP status %d).".formatted(status),
        e);
  }

  private static Failure refused(
      GoogleJsonResponseException e, SheetsCall call, Duration quotaWait) {
    GoogleJsonError error = e.getDetails();
    String message = error == null || error.getMessage() == null ? "" : error.getMessage();
    String reason = message.substring(0, Math.min(message.length(), LONGEST_MESSAGE));
    String place = "The spreadsheet " + call.spreadsheet();
    return switch (e.getStatusCode()) {
      case 401 ->
          new Failure(
              FailureKind.AUTHORISATION,
              "Google does not take the log-in any more; %s.".formatted(call.renewal()));
      case 403 ->
          new Failure(
              FailureKind.AUTHORISATION,
              "%s may not be used by this account (%s); share it with the account, or connect another one."
                  .formatted(place, reason));
      case 404 ->
          new Failure(
              FailureKind.CONFIGURATION,
              "%s does not exist, or this account cannot see it; check its id.".formatted(place));
      case 429 ->
          new Failure(
              FailureKind.TRANSIENT,
              "Google's quota of this minute is used up; it is waited for.",
              quotaWait,
              e);
      case 500, 502, 503, 504 ->
          new Failure(
              FailureKind.TRANSIENT,
              "Google Sheets did not answer as it should (HTTP status %d)."
                  .formatted(e.getStatusCode()),
              e);
      default -> explained(place, reason, e);
    };
  }

  private static Failure explained(String place, String reason, Throwable cause) {
    if (reason.startsWith(NO_TAB)) {
      return new NoSuchTab(place, cause);
    }
    return reason.contains(NO_ROOM)
        ? new NoRoom(place, cause)
        : new Failure(FailureKind.DATA, "%s: Google refused: %s".formatted(place, reason), cause);
  }
}
