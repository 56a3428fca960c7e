package io.caravan.sheets;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;

/** The spreadsheet has no tab of the id that was asked for: somebody deleted it. */
public final class NoSuchTab extends Failure {
  NoSuchTab(String place, Throwable cause) {
    super(
        FailureKind.CONFIGURATION,
        place + " no longer has the tab that was read before; bring it back or give its name anew.",
        cause);
  }
}
