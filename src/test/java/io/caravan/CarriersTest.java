package io.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In processes of their own, as the JDK reads its setting once. */
class CarriersTest {
  private static int probe(int seconds, String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            CarriersProbe.class.getName(),
            String.valueOf(seconds)));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /** On two processors two threads that load a class kept all the others waiting for ever. */
  @Test
  void virtualThreadsRunWhileManyWaitForAClass() throws Exception {
    assertThat(probe(30, "-XX:ActiveProcessorCount=2")).isZero();
  }

  /** It shows besides that the probe notices what it is there for. */
  @Test
  void aNumberThatIsGivenCounts() throws Exception {
    assertThat(probe(2, "-Djdk.virtualThreadScheduler.parallelism=2")).isOne();
  }
}
