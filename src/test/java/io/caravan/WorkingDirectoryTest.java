package io.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder {@code routes} in the working directory, which is not a whole copy. */
class WorkingDirectoryTest {
  private static final String STATIONS =
      """
      - routeTemplate:
          id: connector-stations
          from:
            uri: direct:connector-stations
            steps:
              - log: "nothing"
      """;

  /** It is where docs/connectors.md has people drop their types. */
  @Test
  void aConnectorTypeAloneStopsNoStart(@TempDir Path folder) throws Exception {
    Path types = Files.createDirectories(folder.resolve("routes/connectors"));
    Files.writeString(types.resolve("stations.camel.yaml"), STATIONS);

    try (CaravanProcess process =
        new CaravanProcess(
            folder,
            CaravanProcess.environment(TestDatabase.migrated(), Map.of()),
            "run",
            "connectorsync",
            "--limit",
            "1")) {
      assertThat(process.exitStatus()).as(process.output()).isZero();
      assertThat(process.output()).contains("connectorsync succeeded");
    }
  }
}
