package io.caravan.reach;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.io.input.BoundedInputStream;
import org.apache.commons.io.output.UnsynchronizedByteArrayOutputStream;
import org.springframework.util.unit.DataSize;

/** Puts the body of an answer aside, unpacked and within its bounds; a large one on disk. */
final class Spooling {
  private static final int CHUNK = 1 << 16;

  /** Bytes up to which a body stays in memory; a sync has two or three bodies at a time. */
  private static final long SMALL = DataSize.ofMegabytes(1).toBytes();

  /** Below this a bomb does no harm, and a small page of equal records is no bomb. */
  private static final long HARMLESS = DataSize.ofMegabytes(10).toBytes();

  private final String place;
  private final ReachProperties bounds;

  /**
   * @param place that answers, for messages
   */
  Spooling(String place, ReachProperties bounds) {
    this.place = place;
    this.bounds = bounds;
  }

  /**
   * Reads to the end, or as far as is enough.
   *
   * @param enough so many bytes are kept, and the rest is left unread
   * @param encoding the header {@code Content-Encoding}; null when absent
   * @throws IOException when the body breaks off
   * @throws Failure of kind data when it exceeds a bound or cannot be unpacked; of kind transient
   *     when there is no room on disk
   */
  Body take(InputStream sent, String encoding, long enough) throws IOException {
    BoundedInputStream counted = BoundedInputStream.builder().setInputStream(sent).get();
    Aside aside = new Aside();
    try {
      MessageDigest digest = sha256();
      copy(unpacked(counted, encoding), counted, aside, digest, enough);
      return aside.body(HexFormat.of().formatHex(digest.digest()));
    } catch (ZipException e) {
      aside.close();
      throw new Failure(
          FailureKind.DATA,
          "%s says that its answer is packed with %s, and it is not.".formatted(place, encoding),
          e);
    } catch (IOException | RuntimeException e) {
      aside.close();
      throw e;
    }
  }

  private void copy(
      InputStream body, BoundedInputStream sent, Aside aside, MessageDigest digest, long enough)
      throws IOException {
    long length = 0;
    byte[] chunk = new byte[CHUNK];
    for (int read = body.read(chunk); read >= 0 && length < enough; read = body.read(chunk)) {
      length += read;
      check(length, sent.getCount());
      digest.update(chunk, 0, read);
      aside.write(chunk, read);
    }
  }

  /** What came so far: in memory until it is too much for that. */
  private final class Aside {
    private final UnsynchronizedByteArrayOutputStream memory =
        UnsynchronizedByteArrayOutputStream.builder().setBufferSize(CHUNK).get();
    private FileChannel file;

    void write(byte[] bytes, int length) throws IOException {
      if (file == null && memory.size() + length <= SMALL) {
        memory.write(bytes, 0, length);
        return;
      }
      if (file == null) {
        file = file();
        Spooling.this.write(file, ByteBuffer.wrap(memory.toByteArray()));
        memory.reset();
      }
      Spooling.this.write(file, ByteBuffer.wrap(bytes, 0, length));
    }

    Body body(String digest) throws IOException {
      return file == null
          ? Body.inMemory(memory.toByteArray(), digest)
          : Body.onDisk(file, file.size(), digest);
    }

    void close() throws IOException {
      if (file != null) {
        file.close();
      }
    }
  }

  private void check(long length, long sent) {
    if (length > bounds.maxBody().toBytes()) {
      throw new Failure(
          FailureKind.DATA,
          "%s answers more than %d bytes; ask for smaller pages, or raise caravan.connectorsync.max-body."
              .formatted(place, bounds.maxBody().toBytes()));
    }
    if (length > HARMLESS && length / bounds.maxCompression() > sent) {
      throw new Failure(
          FailureKind.DATA,
          "%s answers something that becomes more than %d times as large when it is unpacked; if that is right, raise caravan.connectorsync.max-compression."
              .formatted(place, bounds.maxCompression()));
    }
  }

  private InputStream unpacked(InputStream sent, String encoding) throws IOException {
    return switch (encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> sent;
      case "gzip", "x-gzip" -> new GZIPInputStream(sent, CHUNK);
      default ->
          throw new Failure(
              FailureKind.DATA,
              place + " packs its answer in a way that was not asked for; wanted is gzip or none.");
    };
  }

  /** On POSIX systems the name is removed at once, elsewhere when the file is closed. */
  private FileChannel file() {
    try {
      return FileChannel.open(
          Files.createTempFile("caravan-answer-", ".body"),
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException e) {
      throw noRoom(e);
    }
  }

  private void write(FileChannel file, ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      throw noRoom(e);
    }
  }

  private Failure noRoom(IOException e) {
    return new Failure(
        FailureKind.TRANSIENT,
        "The answer of %s could not be put aside in the directory for temporary files; look at its free space."
            .formatted(place),
        e);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
