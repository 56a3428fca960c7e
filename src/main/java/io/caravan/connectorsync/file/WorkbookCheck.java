package io.caravan.connectorsync.file;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.StopSignal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.springframework.util.unit.DataSize;

/**
 * Looks whether a workbook unpacks to something that fits into memory, before anybody keeps any of
 * it: what a zip archive says of its sizes need not be true. Its sheets are read as streams, but a
 * text is in memory as a whole, and the table of shared texts, too.
 */
final class WorkbookCheck {
  private static final int CHUNK = 1 << 16;

  /** Excel itself takes 32,767 characters in a cell. */
  private static final long LONGEST_TEXT = DataSize.ofMegabytes(1).toBytes();

  private static final long MOST_SHARED_TEXTS = DataSize.ofMegabytes(128).toBytes();

  private final String name;
  private final Path file;
  private final Scratch bounds;

  WorkbookCheck(String name, Path file, Scratch bounds) {
    this.name = name;
    this.file = file;
    this.bounds = bounds;
  }

  /**
   * @throws Failure of kind data when it is no archive, or too much is in it
   */
  void check(StopSignal stop) throws IOException {
    try (ZipFile archive = new ZipFile(file.toFile())) {
      long length = 0;
      for (ZipEntry entry : Collections.list(archive.entries())) {
        try (InputStream part = archive.getInputStream(entry)) {
          length = part(entry, part, length, stop);
        }
      }
    } catch (ZipException e) {
      throw new Failure(
          FailureKind.DATA,
          name
              + " is no Excel workbook (xlsx); one of Excel 97 to 2003 (xls) has to be saved as"
              + " xlsx.",
          e);
    }
  }

  private long part(ZipEntry entry, InputStream part, long before, StopSignal stop)
      throws IOException {
    boolean shared = entry.getName().endsWith("sharedStrings.xml");
    boolean markup = entry.getName().endsWith(".xml");
    byte[] chunk = new byte[CHUNK];
    long length = 0;
    long text = 0;
    for (int read = part.read(chunk); read >= 0; read = part.read(chunk)) {
      stop.check();
      length += read;
      bounds.check(name, before + length, file.toFile().length());
      for (int i = 0; i < read; i++) {
        text = chunk[i] == '<' ? 0 : text + 1;
        if (markup && text > LONGEST_TEXT) {
          throw tooLarge("a text of more than a cell can hold");
        }
      }
      if (shared && length > MOST_SHARED_TEXTS) {
        throw tooLarge("more texts than are read at once");
      }
    }
    return before + length;
  }

  private Failure tooLarge(String what) {
    return new Failure(FailureKind.DATA, "%s holds %s; save it as CSV.".formatted(name, what));
  }
}
