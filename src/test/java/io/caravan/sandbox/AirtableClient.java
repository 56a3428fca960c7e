package io.caravan.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.impl.driver.Driver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Map;

/** Airtable's own JavaScript client, in the Node that Playwright brings. */
final class AirtableClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FOLDER = Path.of("src", "test", "resources", "airtable");

  private final Process node;
  private final Writer to;
  private final BufferedReader from;

  AirtableClient() {
    String program =
        Driver.ensureDriverInstalled(Map.of(), false).createProcessBuilder().command().getFirst();
    try {
      node =
          new ProcessBuilder(
                  program,
                  FOLDER.resolve("client.js").toString(),
                  FOLDER.resolve("airtable.browser.js").toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    to = node.outputWriter(UTF_8);
    from = node.inputReader(UTF_8);
  }

  /**
   * Runs JavaScript.
   *
   * @param body of an async function of {@code base}
   * @return {@code value}, or {@code error}, {@code message} and {@code statusCode}
   */
  JsonNode run(String url, String token, String baseId, String body) {
    try {
      to.write(
          JSON.writeValueAsString(
                  Map.of("url", url, "token", token, "baseId", baseId, "body", body))
              + "\n");
      to.flush();
      return JSON.readTree(from.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    node.destroy();
  }
}
