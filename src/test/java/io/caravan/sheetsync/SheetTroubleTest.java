package io.caravan.sheetsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.sandbox.AirtableTable;
import io.caravan.sandbox.Fault;
import io.caravan.sandbox.Fault.On;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What random histories found, each as a case of its own. */
@CaravanTest
class SheetTroubleTest {
  private Stock stock;
  private AirtableTable table;

  @BeforeEach
  void stock(@LocalServerPort int port) {
    stock = new Stock(new Api(port));
    table = stock.table;
  }

  private Pair pair(List<List<Object>> rows) {
    return stock.pair(Stock.MAPPINGS, rows, Map.of());
  }

  @Test
  void aSideThatStaysAwayFailsTheSyncAndTheNextOneGoesOn() {
    table.create(Map.of("Name", "Bike"));
    Pair pair = pair(List.of());
    TestPairs.SHEETS.intercept(pair.spreadsheet, (kind, writes) -> Fault.status(On.ANY, 503));

    JsonNode failed = pair.sync();

    assertThat(failed.get("status").asText()).as("%s", failed).isEqualTo("failed");
    assertThat(failed.at("/error/message").asText()).contains("HTTP status 503");
    assertThat(pair.show().get("lastSyncStatus").asText()).isEqualTo("failed");
    TestPairs.SHEETS.intercept(pair.spreadsheet, (kind, writes) -> null);
    assertThat(pair.sync().at("/result/airtableToSheets/added").asInt()).isEqualTo(1);
  }

  @Test
  void recordsWhoseIdsDidNotReachTheirRowsAreFoundAgainAndHaltNothing() {
    Pair pair =
        pair(
            List.of(
                List.of("Record ID", "Name", "Pieces"),
                List.of("", "Bike", 3),
                List.of("", "Car", 5)));
    TestPairs.SHEETS.intercept(
        pair.spreadsheet, (kind, writes) -> writes ? Fault.status(On.ANY, 503) : null);
    assertThat(pair.sync().at("/error/kind").asText()).isEqualTo("transient");
    assertThat(table.ids()).hasSize(2);
    TestPairs.SHEETS.intercept(pair.spreadsheet, (kind, writes) -> null);

    JsonNode synced = pair.sync();

    assertThat(synced.at("/result/status").asText()).as("%s", synced).isEqualTo("success");
    assertThat(pair.show().get("haltedAt").isNull()).isTrue();
    assertThat(table.ids()).hasSize(2);
    assertThat(pair.rows().get(1)).containsExactly(table.ids().getFirst(), "Bike", 3L);
    assertThat(pair.rows().get(2)).containsExactly(table.ids().getLast(), "Car", 5L);
  }
}
