package io.caravan.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files below {@code /drive/v3/files}, by Google's reference of the Drive API v3 ({@code
 * files.list}, {@code files.get}, {@code files.export}; "Search query terms"): at most 1000 a page,
 * exports of Google's own documents up to 10 MB, unknown files and folders answered 404.
 */
final class DriveApi {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int MOST = 1_000;
  private static final int MOST_EXPORTED = 10_000_000;
  private static final Pattern TERM =
      Pattern.compile(
          "'(?<folder>[^']+)' in parents|(?<trash>trashed ?= ?false)|mimeType ?= ?'(?<type>[^']+)'"
              + "|name contains '(?<name>[^']+)'");

  private final Clock clock;
  private final GoogleTokens tokens;
  private final StandInIds ids = new StandInIds();
  private final Map<String, DriveFile> files = new LinkedHashMap<>();

  DriveApi(Clock clock, GoogleTokens tokens) {
    this.clock = clock;
    this.tokens = tokens;
  }

  /**
   * @param text of a Google Doc; null for a PDF
   * @return its id
   */
  synchronized String put(String folder, String name, String owner, String text) {
    String id = ids.next("1");
    put(new DriveFile(id, name, type(text), folder, owner, clock.instant(), text, false));
    return id;
  }

  private static String type(String text) {
    return text == null ? "application/pdf" : DriveFile.DOCUMENT;
  }

  private synchronized void put(DriveFile file) {
    files.put(file.id(), file);
  }

  synchronized void edit(String id, String text) {
    put(files.get(id).edited(text, clock.instant()));
  }

  synchronized void withhold(String id) {
    put(files.get(id).asWithheld());
  }

  synchronized void remove(String id) {
    files.remove(id);
  }

  /**
   * What a request asks for.
   *
   * @throws Refusal 404 when its path leads nowhere
   */
  StandInOperation route(StandInCall call) {
    List<String> path = call.path();
    if (!call.method().equals("GET") || path.size() > 5) {
      throw SheetsErrors.notFound();
    }
    return switch (path.size()) {
      case 3 -> operation("files.list", call, access -> list(call, access));
      case 4 ->
          operation(
              "files.get",
              call,
              access -> StandInAnswer.ok(masked(call, find(call, access).json())));
      default -> operation("files.export", call, access -> export(call, find(call, access)));
    };
  }

  private StandInOperation operation(
      String kind, StandInCall call, Function<GoogleTokens.Access, StandInAnswer> work) {
    return new StandInOperation(
        kind,
        false,
        () -> {
          GoogleTokens.Access access = tokens.access(call);
          if (!access.mayReadFiles()) {
            throw SheetsErrors.insufficientScope();
          }
          synchronized (this) {
            return work.apply(access);
          }
        });
  }

  private DriveFile find(StandInCall call, GoogleTokens.Access access) {
    DriveFile file = files.get(call.segment(3));
    if (file == null || !file.owner().equals(access.email())) {
      throw SheetsErrors.notFound();
    }
    return file;
  }

  private static ObjectNode masked(StandInCall call, ObjectNode answer) {
    return (ObjectNode)
        SheetsFieldMask.of(call.parameter("fields").orElse("kind,id,name,mimeType")).prune(answer);
  }

  private StandInAnswer list(StandInCall call, GoogleTokens.Access access) {
    int size = Integer.parseInt(call.parameter("pageSize").orElse("100"));
    if (size < 1 || size > MOST) {
      throw SheetsErrors.invalid(
          "Invalid value '%d'. Values must be within the range".formatted(size));
    }
    List<DriveFile> found = new ArrayList<>();
    for (DriveFile file : files.values()) {
      if (file.owner().equals(access.email()) && matches(file, call.parameter("q").orElse(""))) {
        found.add(file);
      }
    }
    int from =
        call.parameter("pageToken")
            .map(token -> token.substring(4))
            .map(Integer::parseInt)
            .orElse(0);
    int to = Math.min(found.size(), from + size);
    ObjectNode answer =
        JSON.objectNode().put("kind", "drive#fileList").put("incompleteSearch", false);
    if (to < found.size()) {
      answer.put("nextPageToken", "~!!~" + to);
    }
    found.subList(from, to).forEach(file -> answer.withArray("files").add(file.json()));
    answer.withArray("files");
    return StandInAnswer.ok(
        SheetsFieldMask.of(
                call.parameter("fields").orElse("kind,nextPageToken,files(kind,id,name,mimeType)"))
            .prune(answer));
  }

  private static boolean matches(DriveFile file, String query) {
    for (String part : query.isEmpty() ? new String[0] : query.split(" and ")) {
      Matcher term = TERM.matcher(part.replaceFirst("^\\((.*)\\)$", "$1"));
      if (!term.matches()) {
        throw SheetsErrors.invalid("Invalid Value");
      }
      if (term.group("folder") != null && !file.folder().equals(term.group("folder"))
          || term.group("type") != null && !file.mimeType().equals(term.group("type"))
          || term.group("name") != null && !file.name().contains(term.group("name"))) {
        return false;
      }
    }
    return true;
  }

  private static StandInAnswer export(StandInCall call, DriveFile file) {
    if (!call.path().get(4).equals("export")) {
      throw SheetsErrors.notFound();
    }
    if (call.parameter("mimeType").isEmpty()) {
      throw SheetsErrors.invalid("Required parameter: mimeType");
    }
    if (file.text() == null) {
      throw refused("fileNotExportable", "Export only supports Docs Editors files.");
    }
    if (file.withheld()) {
      throw refused("cannotDownloadFile", "This file cannot be downloaded by the user.");
    }
    if (file.bytes() > MOST_EXPORTED) {
      throw refused("exportSizeLimitExceeded", "This file is too large to be exported.");
    }
    return StandInAnswer.text(file.text());
  }

  private static Refusal refused(String reason, String message) {
    ObjectNode body = JSON.objectNode();
    ObjectNode error = body.putObject("error").put("code", 403).put("message", message);
    error
        .putArray("errors")
        .addObject()
        .put("domain", "global")
        .put("reason", reason)
        .put("message", message);
    return new Refusal(403, body, message);
  }
}
