package io.caravan.sheets;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;

/** The spreadsheet would have more cells than Google allows; nothing of the request was done. */
public final class NoRoom extends Failure {
  NoRoom(String place, Throwable cause) {
    super(
        FailureKind.DATA,
        place
            + " is at Google's limit of ten million cells; delete rows, columns or tabs that nobody"
            + " needs, empty ones included.",
        cause);
  }
}
