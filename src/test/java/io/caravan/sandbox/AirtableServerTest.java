package io.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AirtableServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final SettableClock clock = new SettableClock();
  private final AirtableServer airtable = AirtableServer.start(0, clock).token("pat1");
  private final AirtableBase base = airtable.addBase("Sales");
  private final AirtableTable companies =
      base.addTable("Companies", AirtableField.of("Name", AirtableFieldType.SINGLE_LINE_TEXT))
          .add(AirtableField.of("City", AirtableFieldType.SINGLE_LINE_TEXT));
  private final AirtableTable deals =
      base.addTable("Deals", AirtableField.of("Name", AirtableFieldType.SINGLE_LINE_TEXT));
  private final String acme = companies.create(Map.of("Name", "Acme, Inc.", "City", "Bern"));
  private String token = "pat1";

  @BeforeEach
  void addFields() {
    airtable.requestsPerSecond(1_000, 1_000);
    deals
        .add(AirtableField.of("Note", AirtableFieldType.MULTILINE_TEXT))
        .add(AirtableField.of("Price", AirtableFieldType.NUMBER).with("precision", 2))
        .add(AirtableField.of("Share", AirtableFieldType.PERCENT))
        .add(AirtableField.of("Stars", AirtableFieldType.RATING))
        .add(AirtableField.of("Won", AirtableFieldType.CHECKBOX))
        .add(AirtableField.select("Stage", "Lead", "Offer"))
        .add(AirtableField.multiSelect("Tags", "red", "blue"))
        .add(AirtableField.of("Day", AirtableFieldType.DATE))
        .add(AirtableField.of("At", AirtableFieldType.DATE_TIME).with("timeZone", "Europe/Zurich"))
        .add(AirtableField.of("Files", AirtableFieldType.MULTIPLE_ATTACHMENTS))
        .add(AirtableField.of("Who", AirtableFieldType.SINGLE_COLLABORATOR))
        .add(AirtableField.of("Code", AirtableFieldType.BARCODE))
        .addLink("Company", companies)
        .addLookup("Cities", "Company", "City")
        .addCount("Companies", "Company")
        .add(AirtableField.of("No", AirtableFieldType.AUTO_NUMBER))
        .add(AirtableField.of("Made", AirtableFieldType.CREATED_TIME))
        .addLastModified("Changed")
        .addLastModified("Price changed", "Price")
        .add(
            AirtableField.formula(
                "Twice", "number", row -> DoubleNode.valueOf(2 * row.value("Price").asDouble())));
  }

  @AfterEach
  void stop() {
    client.close();
    airtable.close();
  }

  private HttpResponse<String> send(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(airtable.apiUrl() + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body.replace('\'', '"')))
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String path() {
    return "/v0/" + base.id() + "/Deals";
  }

  private HttpResponse<String> create(String fields) {
    return send("POST", path(), "{'records':[{'fields':%s}]}".formatted(fields));
  }

  private List<String> names(String query) {
    List<String> names = new ArrayList<>();
    json(send("GET", path() + query, ""))
        .path("records")
        .forEach(record -> names.add(record.at("/fields/Name").asText()));
    return names;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Name  | 'text'                      | \"text\"",
        "Name  | ''                          |",
        "Price | 0                           | 0",
        "Share | 0.123                       | 0.123",
        "Stars | 5                           | 5",
        "Won   | true                        | true",
        "Won   | false                       |",
        "Stage | 'Offer'                     | \"Offer\"",
        "Stage | null                        |",
        "Tags  | ['blue','red']              | [\"blue\",\"red\"]",
        "Tags  | []                          |",
        "Day   | '2026-02-03'                | \"2026-02-03\"",
        "Day   | '2026-02-03T00:00:00Z'      | \"2026-02-03\"",
        "At    | '2026-02-03T09:00:00'       | \"2026-02-03T08:00:00.000Z\"",
        "At    | '2026-02-03T09:00:00+02:00' | \"2026-02-03T07:00:00.000Z\"",
        "Code  | {'text':'123'}              | {\"text\":\"123\"}"
      })
  void takesWhatAFieldTakes(String field, String sent, String read) {
    JsonNode record = json(create("{'%s':%s}".formatted(field, sent))).at("/records/0/fields");

    assertThat(record.path(field).toString()).isEqualTo(read == null ? "" : read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Name  | 5                      | INVALID_VALUE_FOR_COLUMN | Field \"Name\" cannot accept"
            + " the provided value",
        "Price | '12'                   | INVALID_VALUE_FOR_COLUMN | Field \"Price\" cannot accept"
            + " the provided value",
        "Stars | 0                      | INVALID_VALUE_FOR_COLUMN | Field \"Stars\" cannot accept"
            + " the provided value",
        "Stars | 6                      | INVALID_VALUE_FOR_COLUMN | Field \"Stars\" cannot accept"
            + " the provided value",
        "Won   | 'true'                 | INVALID_VALUE_FOR_COLUMN | Field \"Won\" cannot accept"
            + " the provided value",
        "Stage | ''                     | INVALID_MULTIPLE_CHOICE_OPTIONS | Insufficient"
            + " permissions to create new select option \"\"\"\"",
        "Tags  | ['green']              | INVALID_MULTIPLE_CHOICE_OPTIONS | Insufficient"
            + " permissions to create new select option \"\"green\"\"",
        "Day   | ''                     | INVALID_VALUE_FOR_COLUMN | Cannot parse date value \"\""
            + " for field Day",
        "Day   | '2026-02-03T10:00:00Z' | INVALID_VALUE_FOR_COLUMN | Cannot parse date value"
            + " \"2026-02-03T10:00:00Z\" for field Day",
        "Company | ['Acme']             | INVALID_VALUE_FOR_COLUMN | Value is not an array of"
            + " record IDs.",
        "Company | ['recAAAAAAAAAAAAAA'] | ROW_DOES_NOT_EXIST      | Record ID recAAAAAAAAAAAAAA"
            + " does not exist in this table",
        "Twice | 4                      | INVALID_VALUE_FOR_COLUMN | Field \"Twice\" cannot accept"
            + " a value because the field is computed",
        "Other | 4                      | UNKNOWN_FIELD_NAME       | Unknown field name: \"Other\""
      })
  void refusesWhatItDoesNot(String field, String sent, String type, String message) {
    HttpResponse<String> answer = create("{'%s':%s}".formatted(field, sent));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(json(answer).at("/error/type").asText()).isEqualTo(type);
    assertThat(json(answer).at("/error/message").asText()).isEqualTo(message);
    assertThat(deals.ids()).isEmpty();
  }

  @Test
  void oneBadRecordFailsAllTenAndElevenAreTooMany() {
    String good = "{'fields':{'Name':'a'}}";

    assertThat(
            send(
                    "POST",
                    path(),
                    "{'typecast':true,'records':[{'fields':{'Stage':'New'}},{'fields':{'Price':'x'}}]}")
                .statusCode())
        .isEqualTo(422);
    assertThat(deals.field("Stage").choices()).containsExactly("Lead", "Offer");
    HttpResponse<String> eleven =
        send("POST", path(), "{'records':[%s]}".formatted((good + ",").repeat(10) + good));
    assertThat(json(eleven).at("/error/type").asText()).isEqualTo("INVALID_RECORDS");
    assertThat(deals.ids()).isEmpty();
  }

  @Test
  void typecastMakesChoicesAndLinkedRecords() {
    JsonNode made =
        json(
            send(
                "POST",
                path(),
                "{'typecast':true,'records':[{'fields':{'Stage':'New','Price':'1,200.5','Company':'Beta'}}]}"));

    assertThat(made.at("/records/0/fields/Price").asDouble()).isEqualTo(1200.5);
    assertThat(deals.field("Stage").choices()).containsExactly("Lead", "Offer", "New");
    assertThat(companies.value(companies.ids().get(1), "Name").asText()).isEqualTo("Beta");
  }

  @Test
  void aLinkHasTwoEndsAndIsLookedUpAndCounted() {
    String id = deals.create(Map.of("Name", "Bike", "Company", List.of(acme)));

    assertThat(companies.value(acme, "Deals").toString()).isEqualTo("[\"" + id + "\"]");
    assertThat(deals.value(id, "Cities").toString()).isEqualTo("[\"Bern\"]");
    assertThat(deals.value(id, "Companies").asInt()).isEqualTo(1);

    companies.delete(acme);
    assertThat(deals.value(id, "Company").isNull()).isTrue();
    assertThat(deals.value(id, "Companies").asInt()).isZero();
  }

  @Test
  void knowsWhenARecordWasMadeAndChanged() {
    String id = deals.create(Map.of("Name", "Bike", "Price", 1));
    clock.advance(Duration.ofMinutes(1));
    deals.edit(id, "Name", "Bicycle");

    assertThat(deals.value(id, "Made").asText()).isEqualTo("2026-03-01T10:00:00.000Z");
    assertThat(deals.value(id, "Changed").asText()).isEqualTo("2026-03-01T10:01:00.000Z");
    assertThat(deals.value(id, "Price changed").asText()).isEqualTo("2026-03-01T10:00:00.000Z");
    assertThat(deals.value(id, "No").asInt()).isEqualTo(1);
    assertThat(deals.value(id, "Twice").asDouble()).isEqualTo(2);
    clock.advance(Duration.ofMinutes(1));
    deals.edit(id, "Name", "Bicycle");
    assertThat(deals.value(id, "Changed").asText()).isEqualTo("2026-03-01T10:01:00.000Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "IS_AFTER(LAST_MODIFIED_TIME(), '2026-03-01T10:00:30.000Z') | b",
        "LAST_MODIFIED_TIME()>'2026-03-01T10:00:30.000Z' | b",
        "OR({Name}='a', Name = \"b\") | a,b",
        "AND({Price}>=2, NOT({Won})) | b",
        "{Company}='Acme, Inc.' | a",
        "LOWER({Name})&'!'='a!' | a",
        "IF({Price}=1, TRUE(), FALSE()) | a",
        "FIND('b', {Name}) | b",
        "{Note} | "
      })
  void keepsTheRecordsAFormulaIsTrueFor(String formula, String names) {
    deals.create(Map.of("Name", "a", "Price", 1, "Company", List.of(acme)));
    clock.advance(Duration.ofMinutes(1));
    deals.create(Map.of("Name", "b", "Price", 2));

    assertThat(String.join(",", names("?filterByFormula=" + encoded(formula))))
        .isEqualTo(names == null ? "" : names);
  }

  @Test
  void aFormulaCanNameARecordById() {
    String id = deals.create(Map.of("Name", "a"));
    deals.create(Map.of("Name", "b"));

    assertThat(names("?filterByFormula=" + encoded("OR(RECORD_ID()='" + id + "')")))
        .containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{Other}=1", "NONSENSE()", "{Name}=", "AND(", "LAST_MODIFIED_TIME('x')"})
  void refusesAFormulaItCannotRead(String formula) {
    HttpResponse<String> answer = send("GET", path() + "?filterByFormula=" + encoded(formula), "");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(json(answer).at("/error/type").asText()).isEqualTo("INVALID_FILTER_BY_FORMULA");
  }

  @Test
  void aListGoesOnUntilItsIteratorExpires() {
    IntStream.range(0, 5).forEach(i -> deals.create(Map.of("Name", "n" + i)));
    JsonNode first = json(send("GET", path() + "?pageSize=2&maxRecords=4", ""));
    String next = path() + "?pageSize=2&offset=" + encoded(first.path("offset").asText());

    JsonNode second = json(send("GET", next, ""));
    assertThat(second.path("records")).hasSize(2);
    assertThat(second.has("offset")).isFalse();

    airtable.expireIterators();
    assertThat(json(send("GET", next, "")).at("/error/type").asText())
        .isEqualTo("LIST_RECORDS_ITERATOR_NOT_AVAILABLE");
  }

  @Test
  void aViewBringsItsFilterAndOrder() {
    deals.create(Map.of("Name", "a", "Price", 1));
    deals.create(Map.of("Name", "b", "Price", 3));
    deals.create(Map.of("Name", "c", "Price", 2));
    String view = deals.addView("Dear", "{Price}>1", new AirtableSort("Price", false));

    assertThat(names("?view=Dear")).containsExactly("b", "c");
    assertThat(names("?view=" + view + "&sort%5B0%5D%5Bfield%5D=Price")).containsExactly("c", "b");
    assertThat(send("GET", path() + "?view=Gone", "").statusCode()).isEqualTo(422);
  }

  @Test
  void anUpsertMatchesOneCreatesNoneAndRefusesSeveral() {
    String id = deals.create(Map.of("Name", "a"));
    String upsert =
        "{'performUpsert':{'fieldsToMergeOn':['Name']},'records':[{'fields':{'Name':'a','Price':1}},"
            + "{'fields':{'Name':'b'}}]}";

    JsonNode answer = json(send("PATCH", path(), upsert));
    assertThat(answer.path("updatedRecords").toString()).isEqualTo("[\"" + id + "\"]");
    assertThat(answer.path("createdRecords")).hasSize(1);

    deals.create(Map.of("Name", "b"));
    assertThat(send("PATCH", path(), upsert).statusCode()).isEqualTo(422);
    assertThat(airtable.requests().of("records.upsert")).isEqualTo(2);
  }

  @Test
  void aPatchKeepsAndAPutEmptiesWhatItDoesNotName() {
    String id = deals.create(Map.of("Name", "a", "Price", 1));

    send("PATCH", path(), "{'records':[{'id':'%s','fields':{'Note':'n'}}]}".formatted(id));
    assertThat(deals.value(id, "Price").asInt()).isEqualTo(1);
    send("PUT", path(), "{'records':[{'id':'%s','fields':{'Note':'n'}}]}".formatted(id));
    assertThat(deals.value(id, "Price").isNull()).isTrue();
    assertThat(deals.value(id, "Note").asText()).isEqualTo("n");
  }

  @Test
  void theSixthRequestOfASecondIsBannedForHalfAMinute() {
    airtable.requestsPerSecond(5, 50);
    List<Integer> first =
        IntStream.range(0, 6).mapToObj(i -> send("GET", path(), "").statusCode()).toList();

    assertThat(first).containsExactly(200, 200, 200, 200, 200, 429);
    clock.advance(Duration.ofSeconds(29));
    assertThat(send("GET", path(), "").body())
        .isEqualTo(
            "{\"errors\":[{\"error\":\"RATE_LIMIT_REACHED\",\"message\":\"Rate limit exceeded."
                + " Please try again later\"}]}");
    clock.advance(Duration.ofSeconds(1));
    assertThat(send("GET", path(), "").statusCode()).isEqualTo(200);

    airtable.billingLimit(true);
    assertThat(json(send("GET", path(), "")).at("/error/type").asText())
        .isEqualTo("PUBLIC_API_BILLING_LIMIT_EXCEEDED");
  }

  @Test
  void aTokenReachesItsBasesWithinItsScopes() {
    airtable.token("pat2", Set.of("data.records:read"), Set.of("appAAAAAAAAAAAAAA"));
    airtable.token("pat3", Set.of("data.records:read"), Set.of());

    token = "pat2";
    assertThat(send("GET", path(), "").statusCode()).isEqualTo(403);
    token = "pat3";
    assertThat(send("GET", path(), "").statusCode()).isEqualTo(200);
    assertThat(json(create("{}")).at("/error/type").asText()).isEqualTo("INVALID_PERMISSIONS");
    token = "pat4";
    assertThat(send("GET", path(), "").statusCode()).isEqualTo(401);
    assertThat(send("GET", "/v0/app1/Deals", "").body()).isEqualTo("{\"error\":\"NOT_FOUND\"}");
  }

  private HttpResponse<String> refresh(String refreshToken) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(airtable.tokenUrl()))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString("c1:s1".getBytes(StandardCharsets.UTF_8)))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("grant_type=refresh_token&refresh_token=" + refreshToken))
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aRefreshUsesUpBothTokens() {
    JsonNode pair = airtable.oauthClient("c1", "s1").grant("c1");
    token = pair.path("access_token").asText();
    assertThat(send("GET", path(), "").statusCode()).isEqualTo(200);

    JsonNode next = json(refresh(pair.path("refresh_token").asText()));
    assertThat(send("GET", path(), "").statusCode()).isEqualTo(401);
    assertThat(refresh(pair.path("refresh_token").asText()).body())
        .isEqualTo("{\"error\":\"invalid_grant\"}");
    token = next.path("access_token").asText();
    assertThat(send("GET", path(), "").statusCode()).isEqualTo(200);
    assertThat(airtable.refreshes()).isEqualTo(1);

    clock.advance(Duration.ofMinutes(60));
    assertThat(send("GET", path(), "").statusCode()).isEqualTo(401);
  }

  @Test
  void aGrantCanEndWhenItsTokenIsUsedTwice() {
    airtable.revokeOnReuse();
    JsonNode pair = airtable.oauthClient("c1", "s1").grant("c1");
    token = json(refresh(pair.path("refresh_token").asText())).path("access_token").asText();

    refresh(pair.path("refresh_token").asText());

    assertThat(send("GET", path(), "").statusCode()).isEqualTo(401);
  }

  @Test
  void showsItsSchema() {
    JsonNode table =
        json(send("GET", "/v0/meta/bases/" + base.id() + "/tables", "")).at("/tables/1");

    assertThat(table.path("primaryFieldId").asText()).isEqualTo(deals.fieldId("Name"));
    assertThat(table.at("/fields/3").toString())
        .isEqualTo(
            "{\"type\":\"percent\",\"id\":\"%s\",\"name\":\"Share\",\"options\":{\"precision\":1}}"
                .formatted(deals.fieldId("Share")));
    assertThat(json(send("GET", "/v0/meta/whoami", "")).path("id").asText()).startsWith("usr");
  }

  @Test
  void aWriteCanBeDoneAlthoughItsAnswerIsAnError() {
    airtable.fail(1, Fault.statusAfterwards(Fault.On.WRITES, 503));

    assertThat(create("{'Name':'a'}").statusCode()).isEqualTo(503);
    assertThat(deals.ids()).hasSize(1);
    assertThat(create("{'Name':'b'}").statusCode()).isEqualTo(200);
  }

  @Test
  void isFilledFromAFile() throws IOException {
    airtable.load(
        JSON.readTree(
            """
            {"bases":[{"name":"Demo","tables":[
              {"name":"Tasks","fields":[{"name":"Name","type":"singleLineText"},
                {"name":"Owner","type":"multipleRecordLinks","options":{"linkedTable":"People"}},
                {"name":"State","type":"singleSelect","options":{"choices":["Open","Done"]}}],
               "records":[{"Name":"Write","Owner":"Ann","State":"Open"}]},
              {"name":"People","fields":[{"name":"Name","type":"singleLineText"}]}]}]}
            """));

    AirtableTable people = airtable.base(StandInIds.of("app", "Demo")).table("People");
    assertThat(people.value(people.ids().getFirst(), "Name").asText()).isEqualTo("Ann");
  }
}
