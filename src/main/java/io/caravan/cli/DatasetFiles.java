package io.caravan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.caravan.failure.InvalidInputException;
import io.caravan.source.DatasetDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The YAML files of a folder and of the folders in it. Folders whose name begins with a dot are
 * left out, and links to folders are not followed: so nothing is read twice or without end.
 */
final class DatasetFiles {
  private static final int MOST = 10_000;

  /** No character of a Java string takes more than three bytes in UTF-8. */
  private static final int MOST_BYTES = 3 * DatasetDefinition.LONGEST;

  private DatasetFiles() {}

  /**
   * A file that may hold datasets.
   *
   * @param name its path for reports, with forward slashes: from the working directory when it lies
   *     below it, else from the folder that was asked for
   */
  record DatasetFile(String name, Path path) {
    /**
     * @throws InvalidInputException why it cannot be read
     */
    String read() {
      try {
        if (Files.isDirectory(path)) {
          throw new InvalidInputException("The folder cannot be read; check its permissions.");
        }
        if (!Files.isRegularFile(path)) {
          throw new InvalidInputException("This is no file, or a link to none; remove it.");
        }
        if (Files.size(path) > MOST_BYTES) {
          throw tooLarge();
        }
        try (InputStream in = Files.newInputStream(path)) {
          return text(in.readNBytes(MOST_BYTES + 1));
        }
      } catch (CharacterCodingException e) {
        throw new InvalidInputException("The file is not encoded in UTF-8; convert it.");
      } catch (AccessDeniedException e) {
        throw new InvalidInputException("The file may not be read; check its permissions.");
      } catch (IOException e) {
        throw new InvalidInputException("The file cannot be read: " + e.getMessage());
      }
    }

    private static String text(byte[] bytes) throws CharacterCodingException {
      if (bytes.length > MOST_BYTES) {
        throw tooLarge();
      }
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    private static InvalidInputException tooLarge() {
      return new InvalidInputException(
          "The file is too large for a dataset: at most %d characters are read; split it."
              .formatted(DatasetDefinition.LONGEST));
    }
  }

  /**
   * @param root a folder, or one file
   * @return sorted by path; a folder that cannot be looked into is in it, too, and fails when it is
   *     read
   * @throws InvalidInputException when there is no such folder, or not between 1 and 10 000 files
   */
  static List<DatasetFile> find(Path root) throws IOException {
    if (!Files.exists(root)) {
      throw new InvalidInputException(
          "--datasets: there is no folder or file %s; correct the path.".formatted(root));
    }
    // A link to a folder is meant when it is named.
    Path real = root.toRealPath();
    if (!Files.isReadable(real)) {
      throw new InvalidInputException(
          "--datasets: %s may not be read; check its permissions.".formatted(root));
    }
    List<Path> paths = Files.isDirectory(real) ? walk(real) : List.of(real);
    if (paths.isEmpty()) {
      throw new InvalidInputException(
          "--datasets: there is no *.yml or *.yaml file in %s; name the folder with the datasets."
              .formatted(root));
    }
    if (paths.size() > MOST) {
      throw new InvalidInputException(
          "--datasets: there are more than %d YAML files in %s; name a folder further down."
              .formatted(MOST, root));
    }
    Path base = base(real);
    return paths.stream()
        .map(path -> new DatasetFile(base.relativize(path).toString().replace('\\', '/'), path))
        .sorted(Comparator.comparing(DatasetFile::name))
        .toList();
  }

  private static Path base(Path root) throws IOException {
    Path working = Path.of("").toRealPath();
    if (root.startsWith(working)) {
      return working;
    }
    return Files.isDirectory(root) ? root : root.getParent();
  }

  private static List<Path> walk(Path root) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return !folder.equals(root) && isHidden(folder)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (isYaml(file) && !(attributes.isSymbolicLink() && Files.isDirectory(file))) {
              found.add(file);
            }
            return found.size() > MOST ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path path, IOException e) {
            if (!isHidden(path)) {
              found.add(path);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  private static boolean isHidden(Path path) {
    return path.getFileName().toString().startsWith(".");
  }

  private static boolean isYaml(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".yml") || name.endsWith(".yaml");
  }
}
