package io.caravan.camel;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.connection.GoogleConnections.Login;
import io.caravan.connectorsync.Pull;
import io.caravan.connectorsync.Pulls;
import io.caravan.connectorsync.vendor.ServiceAccounts;
import io.caravan.connectorsync.vendor.SheetRows;
import io.caravan.failure.InvalidInputException;
import io.caravan.sheets.SheetsCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/** Connectors of type {@code google-sheets} as their route sees them. */
@Component
class SheetRowsFlow {
  private static final String USUAL_RANGE = "A1:Z1000";

  private final Pulls pulls;

  SheetRowsFlow(Pulls pulls) {
    this.pulls = pulls;
  }

  /**
   * What to ask Google for.
   *
   * @throws InvalidInputException when the key is none
   */
  public SheetsCall call(Pull pull) {
    return new SheetsCall.Range(
        Login.ofServiceAccount(pull.credentials().path(ServiceAccounts.SECRET).asText()),
        pull.config().path("spreadsheetId").asText(),
        pull.config().path("range").asText(USUAL_RANGE));
  }

  public List<Map<String, Object>> records(List<List<Object>> rows) {
    return SheetRows.records(rows);
  }

  public void begin(Exchange exchange) {
    Pull pull = exchange.getVariable("pull", Pull.class);
    List<String> key = new ArrayList<>();
    for (JsonNode field : pull.config().path("primaryKey")) {
      key.add(field.asText());
    }
    pulls.begin(pull, pull.config().path("resource").asText("rows"), key);
  }
}
