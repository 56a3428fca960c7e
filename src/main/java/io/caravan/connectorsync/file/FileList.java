package io.caravan.connectorsync.file;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Files that make up one resource.
 *
 * @param resource name of the dataset
 * @param files by name
 */
public record FileList(String resource, FileSetup setup, List<FoundFile> files) {
  private static final int LONGEST_NAME = 100;

  /**
   * Makes lists of files: one of all, or one of each, as the config says.
   *
   * @throws Failure of kind configuration when two lists would have one name
   */
  static List<FileList> of(FileSetup setup, List<FoundFile> files) {
    if (!setup.each()) {
      String name = setup.resource() == null ? resource(setup.path()) : setup.resource();
      return List.of(new FileList(name, setup, files));
    }
    Map<String, FileList> lists = new LinkedHashMap<>();
    for (FoundFile file : files) {
      FileList list = new FileList(resource(file.name()), setup, List.of(file));
      FileList other = lists.putIfAbsent(list.resource(), list);
      if (other != null) {
        throw new Failure(
            FailureKind.CONFIGURATION,
            "%s and %s would both be %s; narrow the path, or leave out mode each."
                .formatted(other.files().getFirst().name(), file.name(), list.resource()));
      }
    }
    return List.copyOf(lists.values());
  }

  /** The name without wildcards, ending and what joined them; {@code orders-*.csv} is orders. */
  static String resource(String path) {
    String[] parts = FileFormat.unpacked(path).split("/");
    for (int i = parts.length - 1; i >= 0; i--) {
      String stem = i == parts.length - 1 ? parts[i].replaceFirst("(?<=.)\\.[^.]*$", "") : parts[i];
      String name = stem.replaceAll("[^\\p{L}\\p{N}_. -]+", "").replaceAll("^[_. -]+|[_. -]+$", "");
      if (!name.isEmpty()) {
        return name.substring(0, Math.min(name.length(), LONGEST_NAME));
      }
    }
    return "files";
  }

  /** Differs as soon as one of the files, or how they are read, does. */
  String fingerprint() {
    StringBuilder all = new StringBuilder(setup.written());
    files.forEach(
        file ->
            all.append('\n')
                .append(file.name())
                .append('\0')
                .append(file.size())
                .append('\0')
                .append(file.mark()));
    return DigestUtils.sha256Hex(all.toString());
  }
}
