package io.caravan.sheetsync;

import io.caravan.sandbox.AirtableServer;
import io.caravan.sandbox.SheetsServer;
import java.time.Clock;
import java.time.Duration;

/** Stand-ins of Airtable and Google Sheets. */
public final class TestPairs {
  /** Those that the shared context knows. */
  static final TestPairs SHARED = new TestPairs();

  public static final AirtableServer AIRTABLE = SHARED.airtable;
  public static final SheetsServer SHEETS = SHARED.sheets;

  final AirtableServer airtable = AirtableServer.start(0, Clock.systemUTC());
  final SheetsServer sheets = SheetsServer.start(0, Clock.systemUTC());

  /**
   * Of its own, for whoever runs beside the shared context: it counts requests and makes faults.
   */
  TestPairs() {
    airtable.ban(Duration.ofSeconds(1));
    sheets.quota(10_000, 10_000, Duration.ofMinutes(1));
  }
}
