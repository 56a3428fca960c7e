package io.caravan.setting;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The routes that Caravan is made of: all packed ones, but for those files that the working
 * directory has, too. So a folder of it may hold a whole copy, one changed file, or nothing but
 * connector types.
 */
final class RouteFiles {
  private static final String ENDING = "*.camel.yaml";

  // One pattern a folder: with ** the folders' own names are lost inside an extracted jar.
  private static final List<String> FOLDERS = List.of("routes/", "routes/shared/");

  private final PathMatchingResourcePatternResolver resolver =
      new PathMatchingResourcePatternResolver();
  private final Path directory;

  /**
   * @param directory the working directory
   */
  RouteFiles(Path directory) {
    this.directory = directory;
  }

  /** What Camel is told to load, separated by commas. */
  String pattern() {
    List<String> patterns = new ArrayList<>();
    for (String folder : FOLDERS) {
      String own = directory.resolve(folder) + "/" + ENDING;
      List<String> names = names("file:" + own);
      // Camel does not start over a folder that is missing.
      if (!names.isEmpty()) {
        patterns.add("file:" + own);
      }
      names("classpath:" + folder + ENDING).stream()
          .filter(name -> !names.contains(name))
          .forEach(name -> patterns.add("classpath:" + folder + name));
    }
    return String.join(",", patterns);
  }

  private List<String> names(String pattern) {
    try {
      return Stream.of(resolver.getResources(pattern)).map(Resource::getFilename).sorted().toList();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
