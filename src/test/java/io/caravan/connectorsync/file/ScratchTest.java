package io.caravan.connectorsync.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
  @Test
  void copiesOfAKilledProcessAreRemovedAfterADay(@TempDir Path folder) throws IOException {
    Path old = file(folder, "caravan-file-1.copy", Duration.ofHours(25));
    Path fresh = file(folder, "caravan-file-2.copy", Duration.ofHours(23));
    Path another = file(folder, "another-1.copy", Duration.ofDays(400));

    Scratch.removeLeftOver(folder);

    assertThat(old).doesNotExist();
    assertThat(fresh).exists();
    assertThat(another).exists();
  }

  private static Path file(Path folder, String name, Duration age) throws IOException {
    Path file = Files.createFile(folder.resolve(name));
    return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
  }
}
