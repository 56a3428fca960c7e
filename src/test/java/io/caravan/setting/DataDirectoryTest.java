package io.caravan.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path temporary;

  @Test
  void secretsAreMadeOnceAndForTheOwnerOnly() throws IOException {
    DataDirectory directory = new DataDirectory(temporary.resolve("data"));
    String secret = directory.secret("api-token");
    assertThat(secret).matches("[0-9a-f]{64}");
    assertThat(new DataDirectory(temporary.resolve("data")).secret("api-token")).isEqualTo(secret);
    assertThat(directory.secret("admin-password")).isNotEqualTo(secret);
    Path file = directory.secretFile("api-token");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void remembersWhoServesFromIt() {
    DataDirectory directory = new DataDirectory(temporary.resolve("data"));
    assertThat(directory.owner()).isEmpty();
    assertThat(directory.lock()).isTrue();
    directory.noteOwner(5433);
    assertThat(directory.owner())
        .contains(new DataDirectory.Owner(ProcessHandle.current().pid(), 5433));
  }
}
