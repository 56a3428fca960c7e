package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.springframework.core.io.ClassPathResource;

/**
 * What Velohaven's office keeps in Airtable and in Google Sheets: the catalogue of its bicycles,
 * what their hire costs, and the tasks of its workshop.
 */
public final class VelohavenOffice {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROWS = 200;
  private static final int COLUMNS = 16;

  private final AirtableServer airtable;
  private final SheetsServer sheets;
  private final JsonNode base = read("airtable.json").at("/bases/0");
  private final JsonNode spreadsheet = read("sheets.json");

  /** An office with these two, which know nothing of it yet. */
  public VelohavenOffice(AirtableServer airtable, SheetsServer sheets) {
    this.airtable = airtable;
    this.sheets = sheets;
  }

  /**
   * Fills both sides: the base through Airtable's own forms, the sheets cell by cell as people type
   * them, so that a date is a date and a formula a formula.
   *
   * @param airtableToken that opens the base from then on
   * @param googleToken that opens the spreadsheet from then on
   */
  public void open(String airtableToken, String googleToken) {
    airtable
        .token(airtableToken)
        .load(JSON.createObjectNode().set("bases", JSON.createArrayNode().add(base)));
    sheets.token(googleToken, "office@velohaven.example");
    SheetsSpreadsheet made =
        sheets.addSpreadsheet(spreadsheetId(), spreadsheet.path("title").asText());
    for (JsonNode given : spreadsheet.path("tabs")) {
      SheetsTab tab = made.addSheet(given.path("title").asText(), ROWS, COLUMNS);
      int row = 0;
      for (JsonNode cells : given.path("rows")) {
        row++;
        for (int column = 0; column < cells.size(); column++) {
          tab.type(SheetsA1.letters(column) + row, cells.path(column).asText());
        }
      }
    }
  }

  /** The id of the base in Airtable. */
  public String baseId() {
    return StandInIds.of("app", base.path("name").asText());
  }

  /** The id of the spreadsheet. */
  public String spreadsheetId() {
    return spreadsheet.path("id").asText();
  }

  /**
   * What is kept in step.
   *
   * @return bodies of {@code POST /api/v1/sync-configs} without owner, base and spreadsheet
   */
  public List<JsonNode> pairs() {
    return read("sync-configs.json").valueStream().toList();
  }

  private static JsonNode read(String file) {
    try (var stream = new ClassPathResource("sandbox/office/" + file).getInputStream()) {
      return JSON.readTree(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
