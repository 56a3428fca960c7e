package io.caravan.connectorsync.file;

import java.util.ArrayList;
import java.util.List;
import org.springframework.util.AntPathMatcher;
import org.springframework.util.StringUtils;

/**
 * A pattern of names of files: {@code *} and {@code ?} within a name, {@code **} for any folders in
 * between. As in a shell they do not stand for the dot that a hidden file begins with.
 */
final class Glob {
  private static final AntPathMatcher MATCHER = new AntPathMatcher();

  private final String pattern;

  /**
   * @param pattern with {@code /} between folders
   */
  Glob(String pattern) {
    this.pattern = pattern;
  }

  boolean matches(String name) {
    return MATCHER.match(pattern, name) && (hidden(pattern) || !hidden(name));
  }

  /** Whether something in a folder, or further down, may match. */
  boolean reaches(String folder) {
    boolean deeper = pattern.contains("**") || depth(pattern) > depth(folder);
    return deeper && MATCHER.matchStart(pattern, folder) && (hidden(pattern) || !hidden(folder));
  }

  private static int depth(String path) {
    return StringUtils.countOccurrencesOf(path, "/");
  }

  private static boolean hidden(String name) {
    return name.startsWith(".") || name.contains("/.");
  }

  /** Whether it may match several files. */
  static boolean isPattern(String path) {
    return MATCHER.isPattern(path);
  }

  /** The folders that all that match are in, without a slash at the end; empty for none. */
  String folder() {
    List<String> fixed = new ArrayList<>();
    String[] parts = pattern.split("/", -1);
    for (int i = 0; i < parts.length - 1 && !MATCHER.isPattern(parts[i]); i++) {
      fixed.add(parts[i]);
    }
    return String.join("/", fixed);
  }

  /** What all that match begin with. */
  String beginning() {
    int end = 0;
    while (end < pattern.length() && "*?{".indexOf(pattern.charAt(end)) < 0) {
      end++;
    }
    return pattern.substring(0, end);
  }
}
