package io.caravan.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** pg-boss of npm, in a folder of its own. Needs node and, the first time, the network. */
final class PgBoss {
  private final Path folder;
  private final String databaseUrl;

  /**
   * @param folder kept from run to run
   * @param databaseUrl {@code postgres://…}, of a database that pg-boss may fill
   */
  PgBoss(Path folder, String databaseUrl) throws IOException, InterruptedException {
    this.folder = folder.toAbsolutePath();
    this.databaseUrl = databaseUrl;
    Files.createDirectories(folder);
    if (!Files.exists(folder.resolve("node_modules/pg-boss"))) {
      Files.writeString(folder.resolve("package.json"), "{\"private\": true}");
      call(List.of("npm", "install", "--silent", "pg-boss@10.4"));
    }
    try (InputStream script = PgBoss.class.getResourceAsStream("/bench/pg-boss.mjs")) {
      Files.write(folder.resolve("pg-boss.mjs"), script.readAllBytes());
    }
  }

  /**
   * @return milliseconds it takes to fetch and complete as many jobs; that they all were is checked
   */
  double fetchAndComplete(int jobs) throws IOException, InterruptedException {
    String said = call(List.of("node", "pg-boss.mjs", databaseUrl, String.valueOf(jobs)));
    return Double.parseDouble(said.strip());
  }

  private String call(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", command) + " failed: " + said);
    }
    return said;
  }
}
