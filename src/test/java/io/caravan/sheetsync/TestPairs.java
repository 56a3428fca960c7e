package io.caravan.sheetsync;

import io.caravan.sandbox.AirtableServer;
import io.caravan.sandbox.SheetsServer;
import java.time.Clock;
import java.time.Duration;

/** The stand-ins of Airtable and Google Sheets that the shared context knows. */
public final class TestPairs {
  public static final AirtableServer AIRTABLE = AirtableServer.start(0, Clock.systemUTC());
  public static final SheetsServer SHEETS = SheetsServer.start(0, Clock.systemUTC());

  static {
    AIRTABLE.ban(Duration.ofSeconds(1));
    SHEETS.quota(10_000, 10_000, Duration.ofMinutes(1));
  }

  private TestPairs() {}
}
