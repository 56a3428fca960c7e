package io.caravan.connectorsync.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.StopSignal;
import io.caravan.reach.Body;
import io.caravan.reach.Credentials;
import io.caravan.reach.Origin;
import io.caravan.reach.Received;
import io.caravan.reach.Request;
import io.caravan.reach.Requests;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * A file behind an address. It is asked for with the ETag that it had (RFC 9110, section 13.1.2),
 * so that one that has not changed is not sent again; whoever sends it all the same is compared by
 * its content.
 */
@Component
final class WebFile {
  private static final String ETAG = "etag";
  private static final String DIGEST = "digest";
  private static final int NOT_MODIFIED = 304;

  private static final Map<String, FileFormat> MEDIA_TYPES =
      Map.of(
          "text/csv", FileFormat.CSV,
          "text/tab-separated-values", FileFormat.CSV,
          "application/json", FileFormat.JSON,
          "application/x-ndjson", FileFormat.NDJSON,
          "application/jsonl", FileFormat.NDJSON,
          "application/vnd.apache.parquet", FileFormat.PARQUET,
          "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", FileFormat.EXCEL);

  private final Requests requests;
  private final Scratch scratch;

  WebFile(Requests requests, Scratch scratch) {
    this.requests = requests;
    this.scratch = scratch;
  }

  static boolean isAddress(String path) {
    return path.regionMatches(true, 0, "http://", 0, 7)
        || path.regionMatches(true, 0, "https://", 0, 8);
  }

  /** The file as it is called, without query: that may hold what is nobody's business. */
  static FoundFile at(String address) {
    String path = address(address).getPath();
    String name = path == null ? "" : path.substring(path.lastIndexOf('/') + 1);
    return new FoundFile(name.isEmpty() ? "files" : name, -1, null, null);
  }

  private static URI address(String address) {
    try {
      URI uri = URI.create(address);
      if (uri.getHost() == null || uri.getRawUserInfo() != null) {
        throw new InvalidInputException(
            "config.path: must have a host and neither user nor password; those go into"
                + " credentials.");
      }
      Origin.of(uri);
      return uri;
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          "config.path: is no address, or its port is above 65535; write blanks and the like as"
              + " %20.");
    }
  }

  /**
   * What came.
   *
   * @param format null when neither the config nor the answer tells
   * @param state to be stored with the records
   */
  record Fetched(Scratch.Copy copy, FileFormat format, ObjectNode state) implements AutoCloseable {
    @Override
    public void close() {
      copy.close();
    }
  }

  /**
   * Fetches the file, unless it is the one that was loaded last.
   *
   * @param secrets the connector's credentials
   * @param before what was stored with the records; null for nothing
   * @throws io.caravan.failure.Failure when it cannot be had
   */
  Optional<Fetched> fetch(FileSetup setup, JsonNode secrets, JsonNode before, StopSignal stop)
      throws IOException {
    URI address = address(setup.path());
    Map<String, String> headers = new HashMap<>();
    String etag = before == null ? null : before.path(ETAG).textValue();
    if (etag != null) {
      headers.put("If-None-Match", etag);
    }
    Request request = new Request(address, headers, credentials(secrets), "*/*", stop);
    try (Received answer = requests.ask(request)) {
      if (etag != null && answer.status() == NOT_MODIFIED) {
        return Optional.empty();
      }
      Body body = answer.content();
      if (before != null && body.digest().equals(before.path(DIGEST).textValue())) {
        return Optional.empty();
      }
      ObjectNode state = JsonNodeFactory.instance.objectNode();
      answer.header("ETag").ifPresent(now -> state.put(ETAG, now));
      state.put(DIGEST, body.digest());
      Scratch.Copy copy = scratch.copy(at(setup.path()).name(), body.open(), stop);
      return Optional.of(new Fetched(copy, format(answer), state));
    }
  }

  private static FileFormat format(Received answer) {
    String type = answer.header("Content-Type").orElse("");
    return MEDIA_TYPES.get(type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
  }

  private static Credentials credentials(JsonNode secrets) {
    if (secrets.hasNonNull("token")) {
      return Credentials.bearer(secrets.get("token").asText());
    }
    return secrets.hasNonNull("username")
        ? Credentials.basic(secrets.get("username").asText(), secrets.path("password").asText())
        : Credentials.NONE;
  }
}
