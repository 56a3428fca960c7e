package io.caravan;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Caravan as a process of its own, in a directory without routes or settings: those come from the
 * class path.
 */
public final class CaravanProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("Ready: API at http://localhost:(\\d+)/");

  /** Sixty-four hexadecimal digits, as the setting asks for. */
  public static final String ENCRYPTION_KEY = "0123456789abcdef".repeat(4);

  private final Process process;
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final CompletableFuture<Integer> port = new CompletableFuture<>();

  public CaravanProcess(Path directory, Map<String, String> environment, String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                productClassPath(),
                Caravan.class.getName(),
                "--caravan.run.lease=3s"));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().put("SERVER_PORT", "0");
    builder.environment().put("VALUESYNC_CRON", "off");
    builder.environment().put("SCHEMASYNC_CRON", "off");
    builder.environment().put("SHEETSYNC_CRON", "off");
    builder.environment().put("CONNECTORSYNC_CRON", "off");
    builder.environment().putAll(environment);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::listen);
  }

  /**
   * What a process needs to work on a database of the tests.
   *
   * @param more what it needs beside
   */
  public static Map<String, String> environment(
      PGSimpleDataSource database, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put(
        "DATABASE_URL",
        "jdbc:postgresql://localhost:%d/%s?user=postgres"
            .formatted(database.getPortNumbers()[0], database.getDatabaseName()));
    environment.put("ENCRYPTION_KEY", ENCRYPTION_KEY);
    environment.put("CARAVAN_API_TOKEN", CaravanTest.TOKEN);
    environment.put("CARAVAN_ADMIN_PASSWORD", CaravanTest.ADMIN_PASSWORD);
    return environment;
  }

  /**
   * Without the tests' own classes, which would give the process their database, and without Spring
   * Batch, which only a benchmark uses.
   */
  private static String productClassPath() {
    String separator = System.getProperty("path.separator");
    return Stream.of(System.getProperty("java.class.path").split(separator))
        .filter(entry -> !entry.endsWith("test-classes"))
        .filter(entry -> !entry.contains("spring-batch"))
        .collect(Collectors.joining(separator));
  }

  private void listen() {
    try (var reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        Matcher ready = READY.matcher(line);
        if (ready.find()) {
          port.complete(Integer.valueOf(ready.group(1)));
        }
      }
    } catch (IOException e) {
      lines.add("(" + e.getMessage() + ")");
    }
    port.completeExceptionally(new IllegalStateException("ended before it was ready: " + output()));
  }

  /** Waits until it serves. */
  public int port() {
    return port.orTimeout(180, TimeUnit.SECONDS).join();
  }

  public String output() {
    return String.join("\n", lines);
  }

  /**
   * Waits for the end.
   *
   * @return the exit status
   */
  public int exitStatus() throws InterruptedException {
    if (!process.waitFor(180, TimeUnit.SECONDS)) {
      throw new AssertionError("still running: " + output());
    }
    return process.exitValue();
  }

  /** SIGKILL: no shutdown hook runs. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    exitStatus();
  }

  /** SIGTERM, as an operator stops it. */
  public void stop() throws InterruptedException {
    process.destroy();
    exitStatus();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
