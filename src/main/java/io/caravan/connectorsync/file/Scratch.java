package io.caravan.connectorsync.file;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.StopSignal;
import io.caravan.reach.ReachProperties;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.io.input.BoundedInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** Copies of files on disk, with names, as DuckDB and zip archives want them; within bounds. */
@Component
final class Scratch {
  private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);
  private static final int CHUNK = 1 << 16;
  private static final String BEGINNING = "caravan-file-";
  private static final String END = ".copy";

  /** No copy is needed so long. */
  private static final Duration LEFT_OVER = Duration.ofDays(1);

  /** Below this a bomb does no harm. */
  private static final long HARMLESS = DataSize.ofMegabytes(10).toBytes();

  private final ReachProperties bounds;

  Scratch(ReachProperties bounds) {
    this.bounds = bounds;
    removeLeftOver(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** What processes that were killed did not remove. */
  static void removeLeftOver(Path folder) {
    FileTime before = FileTime.from(Instant.now().minus(LEFT_OVER));
    try (DirectoryStream<Path> copies = Files.newDirectoryStream(folder, BEGINNING + "*" + END)) {
      for (Path copy : copies) {
        if (Files.getLastModifiedTime(copy).compareTo(before) < 0) {
          Files.deleteIfExists(copy);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      LOG.warn("Copies that a killed process left in {} stay there: {}", folder, e.toString());
    }
  }

  /** A copy, which is removed when it is closed. */
  record Copy(Path path) implements AutoCloseable {
    @Override
    public void close() {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Takes what comes, to its end.
   *
   * @param name of the file, for messages
   * @throws Failure of kind data when it is larger than a connector may fetch
   */
  Copy copy(String name, InputStream from, StopSignal stop) throws IOException {
    BoundedInputStream counted = counted(from);
    return write(name, counted, counted, stop);
  }

  /**
   * Unpacks a file that is packed with gzip.
   *
   * @throws Failure of kind data when it is not, lacks its end, or unpacks to too much
   */
  Copy unpack(String name, Path packed, StopSignal stop) throws IOException {
    try (BoundedInputStream counted = counted(Files.newInputStream(packed));
        InputStream unpacked = new GZIPInputStream(counted, CHUNK)) {
      return write(name, unpacked, counted, stop);
    } catch (EOFException e) {
      throw new Failure(
          FailureKind.DATA, name + " breaks off: the end of what gzip packed is missing.", e);
    } catch (ZipException e) {
      throw new Failure(
          FailureKind.DATA, name + " ends with .gz and is not packed with gzip, or broken.", e);
    }
  }

  private static BoundedInputStream counted(InputStream sent) throws IOException {
    return BoundedInputStream.builder().setInputStream(sent).get();
  }

  private Copy write(String name, InputStream from, BoundedInputStream sent, StopSignal stop)
      throws IOException {
    Copy copy = new Copy(Files.createTempFile(BEGINNING, END));
    try (OutputStream to = Files.newOutputStream(copy.path())) {
      byte[] chunk = new byte[CHUNK];
      long length = 0;
      for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
        stop.check();
        length += read;
        check(name, length, sent.getCount());
        to.write(chunk, 0, read);
      }
      return copy;
    } catch (IOException | RuntimeException e) {
      copy.close();
      throw e;
    }
  }

  /**
   * Refuses a file that exceeds the bounds.
   *
   * @param length unpacked, so far
   * @param sent packed, so far
   */
  void check(String name, long length, long sent) {
    if (length > bounds.maxBody().toBytes()) {
      throw new Failure(
          FailureKind.DATA,
          "%s has more than %d bytes; split it, or raise caravan.connectorsync.max-body."
              .formatted(name, bounds.maxBody().toBytes()));
    }
    if (length > HARMLESS && length / bounds.maxCompression() > sent) {
      throw new Failure(
          FailureKind.DATA,
          "%s becomes more than %d times as large when it is unpacked; if that is right, raise caravan.connectorsync.max-compression."
              .formatted(name, bounds.maxCompression()));
    }
  }
}
