package io.caravan.bench;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.CaravanTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.env.Environment;

/** The whole application with a big Blue API as its source, called as a client calls it. */
final class GreenCaravan implements AutoCloseable {
  private static final Path SHIPPED = Path.of("routes/bluegreen-entities.yaml");
  private static final Path SCHEMA = Path.of("src/main/resources/bluegreen-entities.schema.json");
  private static final String PAGES = "paginator: {type: nextUrl, path: /next}\n";

  private static final Duration LONGEST = Duration.ofMinutes(30);
  private static final long LOOK_MILLIS = 100;
  private static final double NANOS = 1e6;

  private final WholeCaravan caravan;
  private final Api api;

  /**
   * @param databaseUrl as in {@code DATABASE_URL}
   */
  GreenCaravan(String databaseUrl, BigBlue blue, Map<String, String> settings) throws IOException {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("caravan.api-token", CaravanTest.TOKEN);
    all.put("caravan.bluegreen.source-url", blue.url());
    all.put("caravan.bluegreen.entities", entityFile().toUri().toString());
    all.putAll(settings);
    caravan = new WholeCaravan(databaseUrl, all);
    api =
        new Api(
            caravan
                .bean(Environment.class)
                .getRequiredProperty("local.server.port", Integer.class));
  }

  /** Whether entity files can say how pages follow each other; otherwise a path is one body. */
  static boolean readsPages() throws IOException {
    return Files.readString(SCHEMA).contains("\"paginator\"");
  }

  /** The shipped entities, read in pages. */
  static Path entityFile() throws IOException {
    Path file = Path.of("target/bench-entities.yaml").toAbsolutePath();
    return Files.writeString(file, (readsPages() ? PAGES : "") + Files.readString(SHIPPED));
  }

  /**
   * Runs bluegreen to its end.
   *
   * @return milliseconds from the request to the end that the ledger notes, since whoever asks for
   *     it learns of it later
   * @throws IllegalStateException when it did not succeed, or did not publish what it ought to
   */
  double run(boolean unchanged) {
    Instant start = Instant.now();
    Api.Answer asked = api.post("/api/v1/pipelines/bluegreen/runs", "{}");
    if (asked.status() != 202) {
      throw new IllegalStateException("Wrong result: " + asked.raw().body());
    }
    String path = "/api/v1/runs/" + asked.body().get("runId").asText();
    JsonNode run =
        await()
            .atMost(LONGEST)
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(LOOK_MILLIS))
            .until(() -> api.get(path).body(), now -> !now.get("finishedAt").isNull());
    JsonNode report = run.get("report");
    if (!run.get("status").asText().equals("succeeded")
        || report.get("unchanged").asBoolean() != unchanged
        || !unchanged && !report.at("/release/status").asText().equals("live")) {
      throw new IllegalStateException("Wrong result: " + run);
    }
    Instant end = OffsetDateTime.parse(run.get("finishedAt").asText()).toInstant();
    return Duration.between(start, end).toNanos() / NANOS;
  }

  /** The releases that are live or kept, newest first. */
  JsonNode releases() {
    return api.get("/api/v1/releases").body();
  }

  void activate(int release) {
    Api.Answer answer =
        api.post("/api/v1/releases/" + release + "/activate", "{\"reason\": \"the bench\"}");
    if (answer.status() != 200) {
      throw new IllegalStateException("Wrong result: " + answer.raw().body());
    }
  }

  @Override
  public void close() {
    caravan.close();
  }
}
