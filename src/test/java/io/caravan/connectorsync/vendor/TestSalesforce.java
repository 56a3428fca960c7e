package io.caravan.connectorsync.vendor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The accounts of a Salesforce organisation, by Salesforce's REST API guide ("Execute a SOQL
 * Query", "Query Options Header", "OAuth 2.0 Client Credentials Flow") and its SOQL reference (date
 * formats, {@code FIELDS()}): batches of 200 to 2000, the next one at {@code nextRecordsUrl}
 * without parameters, tokens whose answer does not say how long they are good.
 */
final class TestSalesforce extends TestVendor {
  static final String CLIENT = "consumer-key-of-the-tests";
  static final String SECRET = "consumer-secret-of-the-tests";

  private static final Pattern QUERY =
      Pattern.compile(
          "SELECT (FIELDS\\(STANDARD\\)|\\w+(?:\\.\\w+)*(?:, \\w+(?:\\.\\w+)*)*) FROM Account(?:"
              + " WHERE SystemModstamp >="
              + " (\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?:Z|[+-]\\d\\d:\\d\\d)))?");
  private static final Pattern BATCH = Pattern.compile("batchSize=(\\d+)");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxx").withZone(ZoneOffset.UTC);

  private final AtomicInteger tokens = new AtomicInteger();
  private final Map<String, List<ObjectNode>> results = new ConcurrentHashMap<>();
  private volatile String token = "no-token";

  @Override
  ObjectNode shown(long id, String name, Instant changed) {
    ObjectNode account = JSON.createObjectNode();
    String key = "001%015d".formatted(id);
    account
        .putObject("attributes")
        .put("type", "Account")
        .put("url", "/services/data/v62.0/sobjects/Account/" + key);
    return account
        .put("Id", key)
        .put("Name", name)
        .put("Industry", "Energy")
        .put("SystemModstamp", TIME.format(changed));
  }

  @Override
  Refused tooMany() {
    return error(503, "SERVER_UNAVAILABLE");
  }

  /** Tokens that were handed out are good no more. */
  void endSessions() {
    token = "no-token";
  }

  @Override
  Answer answer(Asked request) {
    if (request.path().equals("/services/oauth2/token")) {
      return token(request);
    }
    if (!request.header("Authorization").equals("Bearer " + token)) {
      throw error(401, "INVALID_SESSION_ID");
    }
    if (request.path().startsWith("/services/data/v62.0/query/") && request.query().isEmpty()) {
      String[] locator = request.path().replaceFirst(".*/", "").split("-");
      if (!results.containsKey(locator[0])) {
        throw error(400, "INVALID_QUERY_LOCATOR");
      }
      return page(locator[0], Integer.parseInt(locator[1]), batch(request));
    }
    if (!request.path().equals("/services/data/v62.0/query")) {
      throw error(404, "NOT_FOUND");
    }
    Matcher query = QUERY.matcher(request.parameter("q"));
    if (!query.matches()) {
      throw error(400, "MALFORMED_QUERY");
    }
    String id = "01g%011d".formatted(results.size());
    List<ObjectNode> found =
        since(
            query.group(2) == null
                ? Instant.MIN
                : OffsetDateTime.parse(query.group(2)).toInstant());
    results.put(id, found.stream().map(one -> only(one, query.group(1))).toList());
    return page(id, 0, batch(request));
  }

  private Answer token(Asked request) {
    if (!request.body().contains("client_id=%s&client_secret=%s".formatted(CLIENT, SECRET))
        || !request.body().contains("grant_type=client_credentials")) {
      throw new Refused(
          401,
          "{\"error\":\"invalid_client\",\"error_description\":\"invalid client credentials\"}");
    }
    token = "00D!token-" + tokens.incrementAndGet();
    return new Answer(
        200,
        JSON.createObjectNode()
            .put("access_token", token)
            .put("instance_url", url())
            .put("token_type", "Bearer")
            .put("issued_at", "1763874000000"));
  }

  private static int batch(Asked request) {
    Matcher batch = BATCH.matcher(request.header("Sforce-Query-Options"));
    return batch.matches() ? Math.clamp(Integer.parseInt(batch.group(1)), 200, 2_000) : 2_000;
  }

  private static ObjectNode only(ObjectNode account, String fields) {
    ObjectNode shown = account.deepCopy();
    if (!fields.startsWith("FIELDS")) {
      shown.retain(List.of(("attributes, " + fields).split(", ")));
    }
    return shown;
  }

  private Answer page(String id, int from, int batch) {
    List<ObjectNode> found = results.get(id);
    int to = Math.min(found.size(), from + batch);
    ObjectNode body =
        JSON.createObjectNode().put("totalSize", found.size()).put("done", to == found.size());
    if (to < found.size()) {
      body.put("nextRecordsUrl", "/services/data/v62.0/query/%s-%d".formatted(id, to));
    }
    body.set("records", list(found.subList(from, to)));
    return new Answer(200, body);
  }

  private static Refused error(int status, String code) {
    return new Refused(status, "[{\"message\":\"refused\",\"errorCode\":\"%s\"}]".formatted(code));
  }
}
