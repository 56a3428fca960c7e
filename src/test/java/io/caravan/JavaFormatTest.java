package io.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.StringWrapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every Java file is what google-java-format makes of it
 * (docs/decisions/0005-formatter-as-a-test.md). {@code ./mvnw test -Dtest=JavaFormatTest
 * -Djava.format=apply} rewrites those that are not.
 */
class JavaFormatTest {
  private static final Formatter FORMATTER = new Formatter();
  private static final boolean APPLY = "apply".equals(System.getProperty("java.format"));

  @Test
  void everyFileIsFormatted() throws Exception {
    List<Path> files = javaFiles(Path.of("src/main/java"));
    files.addAll(javaFiles(Path.of("src/test/java")));

    assertThat(files).contains(Path.of("src/test/java/io/caravan/JavaFormatTest.java"));
    assertThat(notFormatted(files, APPLY))
        .as("not formatted; run ./mvnw test -Dtest=JavaFormatTest -Djava.format=apply")
        .isEmpty();
  }

  @Test
  void namesAFileThatIsNotFormattedAndLeavesItAlone(@TempDir Path folder) throws Exception {
    Path crooked = Files.writeString(folder.resolve("Crooked.java"), "class  Crooked{ }\n");
    Files.writeString(folder.resolve("Straight.java"), "class Straight {}\n");

    assertThat(notFormatted(javaFiles(folder), false)).containsExactly(crooked);
    assertThat(crooked).hasContent("class  Crooked{ }\n");
  }

  @Test
  void rewritesWhenAskedTo(@TempDir Path folder) throws Exception {
    Path crooked =
        Files.writeString(
            folder.resolve("Crooked.java"), "import java.util.List;\n\nclass  Crooked{ }\n");

    assertThat(notFormatted(javaFiles(folder), true)).isEmpty();
    assertThat(crooked).hasContent("class Crooked {}\n");
  }

  private static List<Path> javaFiles(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return new ArrayList<>(
          files.filter(file -> file.toString().endsWith(".java")).sorted().toList());
    }
  }

  private static List<Path> notFormatted(List<Path> files, boolean apply)
      throws IOException, FormatterException {
    List<Path> found = new ArrayList<>();
    for (Path file : files) {
      String source = Files.readString(file);
      String formatted = StringWrapper.wrap(FORMATTER.formatSourceAndFixImports(source), FORMATTER);
      if (source.equals(formatted)) {
        continue;
      }
      if (apply) {
        Files.writeString(file, formatted);
      } else {
        found.add(file);
      }
    }
    return found;
  }
}
