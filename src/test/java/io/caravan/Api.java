package io.caravan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Calls the API as a client would. */
public final class Api {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final HttpClient client = HttpClient.newHttpClient();
  private final String base;
  private final String token;

  public Api(int port) {
    this(port, CaravanTest.TOKEN);
  }

  public Api(int port, String token) {
    base = "http://localhost:" + port;
    this.token = token;
  }

  /** Status, headers and body of an answer; the body is null when it is empty or no JSON. */
  public record Answer(int status, HttpResponse<String> raw, JsonNode body) {}

  public Answer get(String path) {
    return call("GET", path, null, Map.of());
  }

  public Answer post(String path, String body) {
    return call("POST", path, body, Map.of());
  }

  public Answer put(String path, String body) {
    return call("PUT", path, body, Map.of());
  }

  public Answer call(String method, String path, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30));
    if (!headers.containsKey("Authorization")) {
      request.header("Authorization", "Bearer " + token);
    }
    headers.entrySet().stream()
        .filter(header -> !header.getValue().isEmpty())
        .forEach(header -> request.header(header.getKey(), header.getValue()));
    request.method(
        method,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    try {
      HttpResponse<String> raw = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      boolean json =
          raw.headers().firstValue("Content-Type").orElse("").contains("json")
              && !raw.body().isBlank();
      return new Answer(raw.statusCode(), raw, json ? JSON.readTree(raw.body()) : null);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Starts a run, waits for its end and returns it. */
  public JsonNode run(String pipeline, String body) {
    Answer started = post("/api/v1/pipelines/" + pipeline + "/runs", body);
    if (started.status() != 202) {
      throw new AssertionError(started.raw().body());
    }
    return finished(started.body().get("runId").asText());
  }

  /** Waits for the end of a run: the event stream closes then. */
  public JsonNode finished(String runId) {
    call("GET", "/api/v1/runs/" + runId + "/events", null, Map.of());
    JsonNode run = get("/api/v1/runs/" + runId).body();
    if (run.get("finishedAt").isNull()) {
      throw new AssertionError("the event stream closed before the run ended: " + run);
    }
    return run;
  }
}
