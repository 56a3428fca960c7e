package io.caravan.connectorsync.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.StopSignal;
import io.caravan.reach.Credentials;
import io.caravan.reach.Received;
import io.caravan.reach.Request;
import io.caravan.reach.Requests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * Texts of Google Docs, one request a document (Drive API v3, {@code files.list} and {@code
 * files.export}).
 */
@Component
public final class DriveDocuments {
  private static final String SCOPE = "https://www.googleapis.com/auth/drive.readonly";
  private static final String FILES = "/drive/v3/files";
  private static final String FIELDS = "id,name,modifiedTime,webViewLink";
  private static final String TEXT = "text/plain";
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  /**
   * Why Google keeps one document from an account that may read its drive (Drive API, "Resolve
   * errors"; the last one is seen where readers may not download).
   */
  private static final List<String> WITHHELD =
      List.of(
          "fileNotExportable",
          "insufficientFilePermissions",
          "appNotAuthorizedToFile",
          "cannotDownloadFile");

  private final Requests requests;
  private final ServiceAccounts accounts;
  private final ObjectMapper json;

  DriveDocuments(Requests requests, ServiceAccounts accounts, ObjectMapper json) {
    this.requests = requests;
    this.accounts = accounts;
    this.json = json;
  }

  /**
   * Hands over documents one after another, with their texts.
   *
   * @param wanted {@code baseUrl}, and {@code fileId} or {@code query}
   * @param key of a service account
   * @throws Failure when one cannot be had; one that Google does not export comes with {@code
   *     textMissing} in place of {@code text}
   */
  public void each(JsonNode wanted, String key, StopSignal stop, Consumer<JsonNode> to) {
    Drive drive = new Drive(wanted.path("baseUrl").asText(), accounts.of(key, SCOPE), stop);
    if (wanted.has("fileId")) {
      String place = FILES + "/" + wanted.get("fileId").asText();
      withText(drive, drive.read(place, Map.of("fields", FIELDS, "supportsAllDrives", "true")))
          .ifPresent(to);
      return;
    }
    String query =
        "mimeType = 'application/vnd.google-apps.document' and " + wanted.path("query").asText();
    String next = "";
    do {
      JsonNode page =
          drive.read(
              FILES,
              Map.of(
                  "q",
                  query,
                  "fields",
                  "nextPageToken,files(%s)".formatted(FIELDS),
                  "pageSize",
                  "1000",
                  "supportsAllDrives",
                  "true",
                  "includeItemsFromAllDrives",
                  "true",
                  "pageToken",
                  next));
      page.path("files").forEach(file -> withText(drive, file).ifPresent(to));
      next = page.path("nextPageToken").asText();
    } while (!next.isEmpty());
  }

  /** Empty when it was deleted in this moment. */
  private static Optional<JsonNode> withText(Drive drive, JsonNode file) {
    ObjectNode document = file.deepCopy();
    String place = "%s/%s/export".formatted(FILES, file.path("id").asText());
    try (Received answer = drive.ask(place, Map.of("mimeType", TEXT), TEXT)) {
      if (answer.status() == NOT_FOUND) {
        return Optional.empty();
      }
      if (answer.status() == FORBIDDEN && answer.says("exportSizeLimitExceeded")) {
        return missing(document, "Google exports no text of more than 10 MB.");
      }
      if (answer.status() == FORBIDDEN && WITHHELD.stream().anyMatch(answer::says)) {
        return missing(document, "Google does not export it for this account.");
      }
      try (InputStream text = answer.content().open()) {
        return Optional.of(
            document.put("text", new String(text.readAllBytes(), StandardCharsets.UTF_8)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<JsonNode> missing(ObjectNode document, String why) {
    return Optional.of(document.put("textMissing", why));
  }

  /** Asks with one account, until it is told to stop. */
  private final class Drive {
    private final String baseUrl;
    private final Credentials credentials;
    private final StopSignal stop;

    Drive(String baseUrl, Credentials credentials, StopSignal stop) {
      this.baseUrl = baseUrl;
      this.credentials = credentials;
      this.stop = stop;
    }

    JsonNode read(String path, Map<String, String> parameters) {
      try (Received answer = ask(path, parameters, Request.JSON);
          InputStream body = answer.content().open()) {
        return json.readTree(body);
      } catch (IOException e) {
        throw new Failure(
            FailureKind.DATA, "%s answers no JSON.".formatted(URI.create(baseUrl).getHost()), e);
      }
    }

    Received ask(String path, Map<String, String> parameters, String accept) {
      stop.check();
      UriComponentsBuilder address = UriComponentsBuilder.fromUriString(baseUrl).path(path);
      parameters.forEach(
          (name, value) -> {
            if (!value.isEmpty()) {
              address.queryParam(name, UriUtils.encode(value, StandardCharsets.UTF_8));
            }
          });
      return requests.ask(
          new Request(address.build(true).toUri(), Map.of(), credentials, accept, stop));
    }
  }
}
