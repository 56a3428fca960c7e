package io.caravan.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteFilesTest {
  private static final String PACKED = "classpath:routes/valuesync.camel.yaml";
  private static final String SHARED = "classpath:routes/shared/errors.camel.yaml";

  @TempDir private Path folder;

  private List<String> patterns() {
    return List.of(new RouteFiles(folder).pattern().split(","));
  }

  private void put(String file) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "[]");
  }

  @Test
  void anEmptyDirectoryHasAllThatIsPacked() {
    assertThat(patterns())
        .contains(PACKED, SHARED)
        .allMatch(pattern -> pattern.startsWith("classpath:"))
        .noneMatch(pattern -> pattern.contains("/connectors/"))
        .doesNotHaveDuplicates();
  }

  @Test
  void connectorTypesAndEmptyFoldersTakeNothingAway() throws IOException {
    List<String> packed = patterns();
    put("routes/connectors/stations.camel.yaml");
    Files.createDirectories(folder.resolve("routes/shared"));

    assertThat(patterns()).isEqualTo(packed);
  }

  @Test
  void aFileTakesThePlaceOfThePackedOneAndLeavesTheOthers() throws IOException {
    put("routes/valuesync.camel.yaml");

    assertThat(patterns())
        .contains("file:" + folder + "/routes/*.camel.yaml")
        .contains("classpath:routes/schemasync.camel.yaml", SHARED)
        .doesNotContain(PACKED);
  }

  @Test
  void aFileOfAnotherFolderIsAnother() throws IOException {
    put("routes/shared/valuesync.camel.yaml");

    assertThat(patterns())
        .contains("file:" + folder + "/routes/shared/*.camel.yaml")
        .contains(PACKED, SHARED);
  }

  @Test
  void aWholeCopyStandsForAll() throws IOException {
    for (String pattern : patterns()) {
      put(pattern.substring("classpath:".length()));
    }

    assertThat(patterns())
        .containsExactly(
            "file:" + folder + "/routes/*.camel.yaml",
            "file:" + folder + "/routes/shared/*.camel.yaml");
  }
}
