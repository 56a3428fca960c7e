package io.caravan.connectorsync.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Which files of a disk a connector sees. */
class DiskFilesTest {
  @TempDir Path disk;
  private Path folder;

  @BeforeEach
  void files() throws IOException {
    folder = Files.createDirectory(disk.resolve("files"));
    for (String name :
        List.of("orders-1.csv", "orders-2.csv", ".orders.csv", "old/orders-0.csv", "a/b/c.csv")) {
      Files.createDirectories(folder.resolve(name).getParent());
      Files.writeString(folder.resolve(name), name);
    }
    Files.writeString(disk.resolve("secret.csv"), "secret");
  }

  private List<String> find(String path) throws IOException {
    return found(path).stream().map(FoundFile::name).toList();
  }

  private List<FoundFile> found(String path) throws IOException {
    return new DiskFiles(new FileProperties(List.of(folder), 4, DataSize.ofMegabytes(64)))
        .find(path, new StopSignal());
  }

  @Test
  void aPatternMatchesWithinFoldersOrAcrossThem() throws IOException {
    assertThat(find("orders-*.csv")).containsExactly("orders-1.csv", "orders-2.csv");
    assertThat(find("**/orders-?.csv"))
        .containsExactly("old/orders-0.csv", "orders-1.csv", "orders-2.csv");
    assertThat(find("a/*/c.csv")).containsExactly("a/b/c.csv");
    assertThat(find(folder + "/old/*")).containsExactly("old/orders-0.csv");
    assertThat(find("*.csv")).doesNotContain(".orders.csv");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret.csv", "old/../../secret.csv", "*/..", "/etc/passwd", "/etc/*"})
  void nothingOutsideTheFoldersIsSeen(String path) {
    assertThatThrownBy(() -> find(path))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("config.path:");
  }

  @Test
  void aFolderWhoseNameOnlyBeginsTheSameIsOutside() throws IOException {
    Files.createDirectory(disk.resolve("files-of-others"));

    assertThatThrownBy(() -> find(disk + "/files-of-others/*.csv"))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void linksDoNotLeadOut() throws IOException {
    Files.createSymbolicLink(folder.resolve("inside.csv"), folder.resolve("orders-1.csv"));
    Files.createSymbolicLink(folder.resolve("outside.csv"), disk.resolve("secret.csv"));
    Files.createSymbolicLink(folder.resolve("above"), disk);

    assertThat(found("inside.csv").getFirst().path())
        .isEqualTo(folder.resolve("orders-1.csv").toRealPath());
    assertThatThrownBy(() -> find("out*.csv"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("outside.csv is a link");
    assertThatThrownBy(() -> find("above/secret.csv"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("above is a link");
    assertThatThrownBy(() -> find("*/secret.csv")).hasMessageContaining("No file matches");
  }

  @Test
  void nothingFoundAndTooMuchFoundAreSaid() {
    assertThatThrownBy(() -> find("sales-*.csv"))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.DATA))
        .hasMessageContaining("No file matches sales-*.csv");
    assertThatThrownBy(() -> find("nowhere/*.csv")).hasMessageContaining("No file matches");
    assertThatThrownBy(
            () -> {
              Files.writeString(folder.resolve("a/b/d.csv"), "");
              find("**/*");
            })
        .hasMessageContaining("More than 4 files");
  }

  @Test
  void aFileThatChangesWhileItIsReadIsNoticed() throws IOException {
    FoundFile file = found("orders-1.csv").getFirst();
    DiskFiles.requireUnchanged(file);
    Files.setLastModifiedTime(file.path(), FileTime.fromMillis(1));

    assertThatThrownBy(() -> DiskFiles.requireUnchanged(file))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.TRANSIENT));
  }

  @Test
  void listsAreNamedAsTheirFiles() {
    assertThat(FileList.resource("exports/orders-*.csv.gz")).isEqualTo("orders");
    assertThat(FileList.resource("exports/products/*.csv")).isEqualTo("products");
    assertThat(FileList.resource("**/*")).isEqualTo("files");
    assertThat(FileList.resource("2026.01.parquet")).isEqualTo("2026.01");
  }
}
