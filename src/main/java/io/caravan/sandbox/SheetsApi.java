package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The Sheets API below {@code /v4/spreadsheets}: which request means what. */
final class SheetsApi {
  private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();

  private final SheetsDrive drive;
  private final GoogleTokens tokens;
  private final SheetsQuota quota;

  SheetsApi(SheetsDrive drive, GoogleTokens tokens, SheetsQuota quota) {
    this.drive = drive;
    this.tokens = tokens;
    this.quota = quota;
  }

  /** What a name with a method behind a colon means, as in {@code values:batchGet}. */
  private record Target(String name, String method) {
    static Target of(String segment) {
      int colon = segment.lastIndexOf(':');
      return colon < 0
          ? new Target(segment, "")
          : new Target(segment.substring(0, colon), segment.substring(colon + 1));
    }
  }

  /**
   * What a request asks for.
   *
   * @throws Refusal 404 when its path leads nowhere
   */
  StandInOperation route(StandInCall call) {
    List<String> path = call.path();
    boolean posts = call.method().equals("POST");
    if (path.size() == 2 && posts) {
      return create(call);
    }
    if (path.size() == 3) {
      return ofSpreadsheet(call, Target.of(StandInCall.decoded(path.get(2))), posts);
    }
    if (path.size() == 4 && posts && path.get(3).startsWith("values:")) {
      return ofBatch(call, Target.of(path.get(3)).method());
    }
    if (path.size() == 4 && call.method().equals("GET") && path.get(3).equals("values:batchGet")) {
      return reads(
          "values.batchGet",
          call,
          spreadsheet ->
              new SheetsValues(spreadsheet)
                  .batchGet(call.parameters(List.of("ranges")), SheetsReadOptions.ofQuery(call)));
    }
    if (path.size() == 4 && posts && path.get(3).equals("developerMetadata:search")) {
      return reads(
          "developerMetadata.search",
          call,
          spreadsheet -> new SheetsMetadataRequests(spreadsheet).search(body(call)));
    }
    if (path.size() == 5 && path.get(3).equals("developerMetadata")) {
      return reads(
          "developerMetadata.get",
          call,
          spreadsheet -> new SheetsMetadataRequests(spreadsheet).get(call.segment(4)));
    }
    if (path.size() == 5 && path.get(3).equals("values")) {
      return ofRange(call);
    }
    throw SheetsErrors.notFound();
  }

  private StandInOperation ofSpreadsheet(StandInCall call, Target target, boolean posts) {
    if (posts && target.method().equals("batchUpdate")) {
      return writes(
          "spreadsheets.batchUpdate",
          call,
          spreadsheet -> new SheetsBatch(spreadsheet).apply(body(call)));
    }
    if (call.method().equals("GET") && target.method().isEmpty()) {
      return reads("spreadsheets.get", call, spreadsheet -> get(spreadsheet, call));
    }
    throw SheetsErrors.notFound();
  }

  /** With a mask the data comes only when the mask asks for it. */
  private static JsonNode get(SheetsSpreadsheet spreadsheet, StandInCall call) {
    List<SheetsRange> ranges =
        call.parameters(List.of("ranges")).stream()
            .map(range -> SheetsRange.of(spreadsheet, range))
            .toList();
    boolean withData =
        call.parameter("fields")
            .map(mask -> SheetsFieldMask.of(mask).wants("sheets", "data"))
            .orElseGet(() -> call.parameter("includeGridData").filter("true"::equals).isPresent());
    return new SheetsShow(spreadsheet).json(ranges, withData, url(spreadsheet));
  }

  private static String url(SheetsSpreadsheet spreadsheet) {
    return "https://docs.google.com/spreadsheets/d/" + spreadsheet.id() + "/edit";
  }

  private StandInOperation create(StandInCall call) {
    return operation(
        "spreadsheets.create",
        true,
        call,
        access -> {
          JsonNode body = body(call);
          SheetsSpreadsheet made =
              drive.add(body.path("properties").path("title").asText("Untitled spreadsheet"));
          made.shareWith(access.email());
          for (JsonNode sheet : body.path("sheets")) {
            made.addSheet(sheet.path("properties").path("title").asText("Sheet1"));
          }
          if (made.tabs().isEmpty()) {
            made.addSheet("Sheet1");
          }
          return new SheetsShow(made).json(List.of(), false, url(made));
        });
  }

  private StandInOperation ofBatch(StandInCall call, String method) {
    return switch (method) {
      case "batchGetByDataFilter" ->
          reads(
              "values.batchGetByDataFilter",
              call,
              spreadsheet -> new SheetsValues(spreadsheet).batchGetByDataFilter(body(call)));
      case "batchUpdate" ->
          writes(
              "values.batchUpdate",
              call,
              spreadsheet -> new SheetsValues(spreadsheet).batchUpdate(body(call)));
      case "batchUpdateByDataFilter" ->
          writes(
              "values.batchUpdateByDataFilter",
              call,
              spreadsheet -> new SheetsValues(spreadsheet).batchUpdateByDataFilter(body(call)));
      case "batchClear" ->
          writes(
              "values.batchClear",
              call,
              spreadsheet ->
                  new SheetsValues(spreadsheet).batchClear(texts(body(call).path("ranges"))));
      case "batchClearByDataFilter" ->
          writes(
              "values.batchClearByDataFilter",
              call,
              spreadsheet -> new SheetsValues(spreadsheet).batchClearByDataFilter(body(call)));
      default -> throw SheetsErrors.notFound();
    };
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  private StandInOperation ofRange(StandInCall call) {
    String segment = call.segment(4);
    Target target = call.method().equals("POST") ? Target.of(segment) : new Target(segment, "");
    String range = target.name();
    return switch (call.method() + " " + target.method()) {
      case "GET " ->
          reads(
              "values.get",
              call,
              spreadsheet ->
                  new SheetsValues(spreadsheet).get(range, SheetsReadOptions.ofQuery(call)));
      case "PUT " ->
          writes(
              "values.update",
              call,
              spreadsheet ->
                  new SheetsValues(spreadsheet)
                      .update(
                          range,
                          body(call),
                          call.parameter("valueInputOption").orElse(null),
                          SheetsReadOptions.ofEcho(call)));
      case "POST append" ->
          writes(
              "values.append",
              call,
              spreadsheet ->
                  new SheetsValues(spreadsheet)
                      .append(
                          range,
                          body(call),
                          call.parameter("valueInputOption").orElse(null),
                          call.parameter("insertDataOption")
                              .filter("INSERT_ROWS"::equals)
                              .isPresent(),
                          SheetsReadOptions.ofEcho(call)));
      case "POST clear" ->
          writes("values.clear", call, spreadsheet -> new SheetsValues(spreadsheet).clear(range));
      default -> throw SheetsErrors.notFound();
    };
  }

  private StandInOperation reads(
      String kind, StandInCall call, Function<SheetsSpreadsheet, JsonNode> work) {
    return onSpreadsheet(kind, false, call, work);
  }

  private StandInOperation writes(
      String kind, StandInCall call, Function<SheetsSpreadsheet, JsonNode> work) {
    return onSpreadsheet(kind, true, call, work);
  }

  private StandInOperation onSpreadsheet(
      String kind, boolean writes, StandInCall call, Function<SheetsSpreadsheet, JsonNode> work) {
    String id = Target.of(call.segment(2)).name();
    return operation(
        kind,
        writes,
        call,
        access -> {
          SheetsSpreadsheet spreadsheet = drive.find(id).orElseThrow(SheetsErrors::notFound);
          if (!spreadsheet.isOpenTo(access.email())) {
            throw SheetsErrors.notPermitted();
          }
          return work.apply(spreadsheet);
        });
  }

  /** Token, quota and scope come before everything else; each request is done alone. */
  private StandInOperation operation(
      String kind, boolean writes, StandInCall call, Function<GoogleTokens.Access, JsonNode> work) {
    return new StandInOperation(
        kind,
        writes,
        () -> {
          GoogleTokens.Access access = tokens.access(call);
          synchronized (drive) {
            quota.admit(access.email(), writes, drive.clock().instant());
            if (writes ? !access.mayWrite() : !access.mayRead()) {
              throw SheetsErrors.insufficientScope();
            }
            JsonNode answer = work.apply(access);
            return StandInAnswer.ok(
                call.parameter("fields")
                    .map(mask -> SheetsFieldMask.of(mask).prune(answer))
                    .orElse(answer));
          }
        });
  }

  private static JsonNode body(StandInCall call) {
    if (call.body().isEmpty()) {
      return NOTHING;
    }
    return call.json()
        .filter(JsonNode::isObject)
        .orElseThrow(() -> SheetsErrors.invalid("Invalid JSON payload received."));
  }
}
