package io.caravan.connectorsync.file;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.StopSignal;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Files on this machine's disks, within the folders that connectors may read. Links that lead out
 * of them are refused, and those to other folders not followed.
 */
@Component
public final class DiskFiles {
  private static final Pattern UPWARDS = Pattern.compile("(^|/)\\.\\.(/|$)");

  private final FileProperties properties;

  DiskFiles(FileProperties properties) {
    this.properties = properties;
  }

  /**
   * The files that a pattern matches, by name.
   *
   * @param path below one of the folders, or absolute and in one
   * @throws InvalidInputException when it leads out of the folders
   * @throws Failure of kind data when no file matches, or too many do
   */
  List<FoundFile> find(String path, StopSignal stop) throws IOException {
    if (UPWARDS.matcher(path).find()) {
      throw new InvalidInputException("config.path: must not hold a part .. (two dots).");
    }
    List<FoundFile> found = new ArrayList<>();
    boolean within = false;
    for (Path folder : properties.folders()) {
      String pattern = below(folder, path);
      if (pattern != null) {
        within = true;
        find(folder.toAbsolutePath().normalize(), pattern, stop, found);
      }
    }
    if (!within) {
      throw new InvalidInputException(
          "config.path: is in none of the folders that connectors may read (%s); put the files there, or add a folder to caravan.connectorsync.folders."
              .formatted(folders()));
    }
    if (found.isEmpty()) {
      throw new Failure(
          FailureKind.DATA,
          "No file matches %s in %s; put one there, or correct config.path."
              .formatted(path, folders()));
    }
    found.sort(Comparator.comparing(FoundFile::name));
    return found;
  }

  /**
   * A file that somebody else opens by its name.
   *
   * @param path below one of the folders, or absolute and in one; no pattern
   * @return where it is, links resolved
   * @throws InvalidInputException when it leads out of the folders
   * @throws Failure of kind data when it is not there
   */
  public Path require(String path) throws IOException {
    if (Glob.isPattern(path)) {
      throw new InvalidInputException("The name of the file must not hold *, ? or {.");
    }
    return find(path, new StopSignal()).getFirst().path();
  }

  private String folders() {
    return properties.folders().stream().map(Path::toString).collect(Collectors.joining(", "));
  }

  /** The part of the path that is below the folder; null when it is none of it. */
  private static String below(Path folder, String path) {
    if (!path.startsWith("/") && !isAbsolute(path)) {
      return path;
    }
    String root = folder.toAbsolutePath().normalize().toString().replace('\\', '/') + "/";
    String wanted = path.replace('\\', '/');
    return wanted.startsWith(root) ? wanted.substring(root.length()) : null;
  }

  private static boolean isAbsolute(String path) {
    try {
      return Path.of(path).isAbsolute();
    } catch (InvalidPathException e) {
      // Windows takes no wildcards in a path.
      return path.matches("[A-Za-z]:[/\\\\].*");
    }
  }

  private void find(Path folder, String pattern, StopSignal stop, List<FoundFile> found)
      throws IOException {
    Glob glob = new Glob(pattern);
    Path start = folder.resolve(glob.folder());
    if (!Files.isDirectory(start)) {
      return;
    }
    Path root = folder.toRealPath();
    within(root, start, glob.folder());
    int depth = pattern.contains("**") ? Integer.MAX_VALUE : pattern.split("/").length;
    Files.walkFileTree(
        start,
        Set.<FileVisitOption>of(),
        depth,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            stop.check();
            String name = folder.relativize(file).toString().replace('\\', '/');
            if (glob.matches(name) && Files.isRegularFile(file)) {
              add(found, file(name, within(root, file, name)));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            // What may not be read or has just gone is as good as not there.
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void add(List<FoundFile> found, FoundFile file) {
    found.add(file);
    requireFewEnough(found.size());
  }

  /**
   * @throws Failure of kind data when a path matches more files than it may
   */
  void requireFewEnough(int files) {
    if (files > properties.mostFiles()) {
      throw new Failure(
          FailureKind.DATA,
          "More than %d files match config.path; narrow it, or raise caravan.connectorsync.most-files."
              .formatted(properties.mostFiles()));
    }
  }

  private static FoundFile file(String name, Path real) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
    return new FoundFile(name, attributes.size(), attributes.lastModifiedTime().toString(), real);
  }

  private static Path within(Path root, Path file, String name) throws IOException {
    Path real = file.toRealPath();
    if (!real.startsWith(root)) {
      throw new InvalidInputException(
          "config.path: %s is a link that leads out of the folders that connectors may read."
              .formatted(name));
    }
    return real;
  }

  /**
   * @throws Failure of kind transient when a file is not the one that was found
   */
  static void requireUnchanged(FoundFile file) throws IOException {
    if (!Files.exists(file.path()) || !file(file.name(), file.path()).equals(file)) {
      throw new Failure(FailureKind.TRANSIENT, file.name() + " was changed while it was read.");
    }
  }
}
