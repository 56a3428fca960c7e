package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The Web API below {@code /v0}: which request means what. */
final class AirtableApi {
  private static final String READ = "data.records:read";
  private static final String WRITE = "data.records:write";
  private static final int LONGEST_URL = 16_000;

  private final AirtableWorkspace workspace;
  private final AirtableTokens tokens;
  private final AirtableLimits limits;
  private final AirtableList list;

  AirtableApi(
      AirtableWorkspace workspace,
      AirtableTokens tokens,
      AirtableLimits limits,
      AirtableIterators iterators) {
    this.workspace = workspace;
    this.tokens = tokens;
    this.limits = limits;
    this.list = new AirtableList(iterators);
  }

  /**
   * What a request asks for.
   *
   * @throws Refusal 404 when its path leads nowhere, whoever asks
   */
  StandInOperation route(StandInCall call) {
    if (call.urlLength() > LONGEST_URL) {
      throw AirtableErrors.of(414, "URI_TOO_LONG", "The URL is longer than 16,000 characters");
    }
    List<String> path = call.path();
    if (path.size() == 3 && path.get(1).equals("meta") && path.get(2).equals("whoami")) {
      return operation("meta.whoami", null, call, null, this::whoami);
    }
    if (path.size() == 3 && path.get(1).equals("meta") && path.get(2).equals("bases")) {
      return operation("meta.bases", null, call, "schema.bases:read", this::bases);
    }
    if (path.size() == 5 && path.get(1).equals("meta") && path.get(4).equals("tables")) {
      String baseId = baseId(call, 3);
      return operation(
          "meta.tables",
          baseId,
          call,
          "schema.bases:read",
          access -> AirtableSchema.tables(base(access, baseId)));
    }
    if (path.size() == 3) {
      return ofTable(call, baseId(call, 1), call.segment(2));
    }
    if (path.size() == 4) {
      return ofRecord(call, baseId(call, 1), call.segment(2), call.segment(3));
    }
    throw AirtableErrors.notFound();
  }

  private static String baseId(StandInCall call, int index) {
    String id = call.segment(index);
    if (!StandInIds.isId(id, "app")) {
      throw AirtableErrors.notFound();
    }
    return id;
  }

  private StandInOperation ofTable(StandInCall call, String baseId, String tableName) {
    return switch (call.method()) {
      case "GET" ->
          operation(
              "records.list",
              baseId,
              call,
              READ,
              access ->
                  list.page(table(access, baseId, tableName), AirtableListRequest.ofQuery(call)));
      case "POST" ->
          operation(
              "records.create",
              baseId,
              call,
              WRITE,
              access -> records(access, baseId, tableName).create(body(call)));
      case "PATCH", "PUT" -> {
        boolean upsert = call.json().filter(body -> body.has("performUpsert")).isPresent();
        boolean replaces = call.method().equals("PUT");
        yield operation(
            upsert ? "records.upsert" : "records.update",
            baseId,
            call,
            WRITE,
            access -> {
              AirtableRecords records = records(access, baseId, tableName);
              return upsert
                  ? records.upsert(body(call), replaces)
                  : records.update(body(call), replaces);
            });
      }
      case "DELETE" ->
          operation(
              "records.delete",
              baseId,
              call,
              WRITE,
              access ->
                  records(access, baseId, tableName)
                      .delete(call.parameters(List.of("records[]", "records"))));
      default -> throw AirtableErrors.notFound();
    };
  }

  private StandInOperation ofRecord(
      StandInCall call, String baseId, String tableName, String recordId) {
    if (recordId.equals("listRecords") && call.method().equals("POST")) {
      return operation(
          "records.list",
          baseId,
          call,
          READ,
          access ->
              list.page(
                  table(access, baseId, tableName), AirtableListRequest.ofBody(call, body(call))));
    }
    if (!StandInIds.isId(recordId, "rec")) {
      throw AirtableErrors.notFound();
    }
    return switch (call.method()) {
      case "GET" ->
          operation(
              "records.get", baseId, call, READ, access -> get(access, baseId, call, recordId));
      case "PATCH", "PUT" ->
          operation(
              "records.update",
              baseId,
              call,
              WRITE,
              access ->
                  records(access, baseId, tableName)
                      .update(recordId, body(call), call.method().equals("PUT")));
      case "DELETE" ->
          operation(
              "records.delete",
              baseId,
              call,
              WRITE,
              access -> records(access, baseId, tableName).delete(recordId));
      default -> throw AirtableErrors.notFound();
    };
  }

  /** Token, limits and scope come before everything else; each request is done alone. */
  private StandInOperation operation(
      String kind,
      String baseId,
      StandInCall call,
      String scope,
      Function<AirtableAccess, JsonNode> work) {
    return new StandInOperation(
        kind,
        WRITE.equals(scope),
        () -> {
          AirtableAccess access = tokens.access(call);
          synchronized (workspace) {
            limits.admit(baseId, access.user(), workspace.now());
            if (scope != null && !access.scopes().contains(scope)) {
              throw AirtableErrors.notPermitted();
            }
            return StandInAnswer.ok(work.apply(access));
          }
        });
  }

  private AirtableBase base(AirtableAccess access, String id) {
    return workspace
        .base(id)
        .filter(base -> access.reaches(id))
        .orElseThrow(AirtableErrors::notGrantedOrUnknown);
  }

  private AirtableTable table(AirtableAccess access, String baseId, String nameOrId) {
    return base(access, baseId).find(nameOrId).orElseThrow(AirtableErrors::notGrantedOrUnknown);
  }

  private AirtableRecords records(AirtableAccess access, String baseId, String table) {
    return new AirtableRecords(table(access, baseId, table), access.user());
  }

  /** A record is found in any table of the base, whichever the path names. */
  private JsonNode get(AirtableAccess access, String baseId, StandInCall call, String recordId) {
    AirtableTable asked = table(access, baseId, call.segment(2));
    boolean byId = call.parameter("returnFieldsByFieldId").filter("true"::equals).isPresent();
    return Stream.concat(Stream.of(asked), asked.base().tables().stream())
        .filter(table -> table.record(recordId).isPresent())
        .findFirst()
        .map(
            table ->
                AirtableValues.record(
                    table, table.record(recordId).orElseThrow(), table.fields(), byId, false))
        .orElseThrow(AirtableErrors::noSuchRecord);
  }

  private static JsonNode body(StandInCall call) {
    return call.json().filter(JsonNode::isObject).orElseThrow(AirtableErrors::unreadableBody);
  }

  private JsonNode whoami(AirtableAccess access) {
    ObjectNode who = JsonNodeFactory.instance.objectNode().put("id", access.user().id());
    if (access.scopes().contains("user.email:read")) {
      who.put("email", access.user().email());
    }
    if (access.grant() != null) {
      ArrayNode scopes = who.putArray("scopes");
      access.scopes().stream().sorted().forEach(scopes::add);
    }
    return who;
  }

  private JsonNode bases(AirtableAccess access) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode bases = answer.putArray("bases");
    workspace.bases().stream()
        .filter(base -> access.reaches(base.id()))
        .forEach(
            base ->
                bases
                    .addObject()
                    .put("id", base.id())
                    .put("name", base.name())
                    .put("permissionLevel", "create"));
    return answer;
  }
}
