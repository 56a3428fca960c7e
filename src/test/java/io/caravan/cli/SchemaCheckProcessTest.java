package io.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.CaravanProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaCheckProcessTest {
  @TempDir private Path folder;

  /** Both streams together: neither a log nor a banner comes with the report. */
  @Test
  void startsNothingAndLeavesNothingBehind() throws Exception {
    new CheckRunner(folder).file("datasets/orders.yml", "name: orders\ndimensions: [{name: id}]\n");
    String url = CheckRunner.postgres("create table orders (id int)");

    try (CaravanProcess process = check(url)) {
      assertThat(process.exitStatus()).as(process.output()).isZero();
      assertThat(process.output())
          .isEqualTo("1 file, 1 table: 0 critical, 0 warnings, 0 info, 0 unverifiable");
    }
    assertThat(files()).isEqualTo(2);
  }

  private CaravanProcess check(String url) {
    return new CaravanProcess(
        folder,
        Map.of(),
        "schema",
        "check",
        "--datasets",
        "datasets",
        "--url",
        url,
        "--user",
        "postgres",
        "--schema",
        "public");
  }

  /** The dataset, the folder it lies in, and nothing else. */
  private long files() throws IOException {
    try (var all = Files.walk(folder)) {
      return all.count() - 1;
    }
  }
}
