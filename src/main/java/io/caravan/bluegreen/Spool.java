package io.caravan.bluegreen;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.StopSignal;
import io.caravan.reach.FileSlice;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Bodies as they were received, one behind the other in a file. Whether a payload changed is known
 * only at its end, and one of its forms only by looking at all of it; until then no table is
 * touched. The file has no name, so it is gone when this is closed or the process ends; killed
 * before the name is removed, a process leaves an empty one.
 */
final class Spool implements Documents, AutoCloseable {
  private static final int CHUNK = 1 << 16;

  private record Slice(long offset, long length) {}

  private final FileChannel file;
  private final long most;
  private final String title;
  private final List<Slice> slices = new ArrayList<>();
  private final MessageDigest digest = sha256();
  private long end;

  /**
   * @param title what is received, for messages
   * @param most bytes that are taken in all
   */
  Spool(String title, long most) throws IOException {
    this.title = title;
    this.most = most;
    Path path = Files.createTempFile("caravan-payload-", ".json");
    // On POSIX systems the name is removed at once, elsewhere when the file is closed.
    file =
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
  }

  /**
   * Reads a body to its end. When that fails, it is as if it had not begun.
   *
   * @return its SHA-256 in hexadecimal digits
   * @throws IOException when the body breaks off
   * @throws Failure the reason of a stop; of kind configuration when there are too many bytes; of
   *     kind data when it is not in UTF-8
   */
  String add(InputStream body, StopSignal stop) throws IOException {
    long start = end;
    long at = start;
    MessageDigest own = sha256();
    try (StopSignal.Registration closes = stop.onStop(() -> closeQuietly(body))) {
      byte[] chunk = new byte[CHUNK];
      for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
        own.update(chunk, 0, read);
        if (at + read > most) {
          throw new Failure(
              FailureKind.CONFIGURATION,
              "%s has more than %d bytes; raise caravan.bluegreen.largest-payload if that is right."
                  .formatted(title, most));
        }
        at = write(ByteBuffer.wrap(chunk, 0, read), at);
      }
    } catch (IOException e) {
      stop.check();
      throw e;
    }
    int mark = byteOrderMark(start, at);
    slices.add(new Slice(start + mark, at - start - mark));
    byte[] received = own.digest();
    digest.update(received);
    end = at;
    return HexFormat.of().formatHex(received);
  }

  private static void closeQuietly(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      // Whoever reads it meets the same and knows why.
    }
  }

  private long write(ByteBuffer bytes, long at) {
    long next = at;
    try {
      while (bytes.hasRemaining()) {
        next += file.write(bytes, next);
      }
    } catch (IOException e) {
      throw new Failure(
          FailureKind.TRANSIENT,
          "%s could not be put aside in the directory for temporary files; look at its free space."
              .formatted(title),
          e);
    }
    return next;
  }

  /** RFC 8259 wants UTF-8 and lets a reader skip its mark; PostgreSQL does not take one. */
  private int byteOrderMark(long from, long to) throws IOException {
    byte[] first = new byte[(int) Math.min(3, to - from)];
    file.read(ByteBuffer.wrap(first), from);
    String hex = HexFormat.of().formatHex(first);
    if (hex.startsWith("feff") || hex.startsWith("fffe") || hex.contains("00")) {
      throw new Failure(
          FailureKind.DATA,
          title + " is not in UTF-8, which JSON has to be. Nothing of it is used.");
    }
    return hex.equals("efbbbf") ? 3 : 0;
  }

  @Override
  public int count() {
    return slices.size();
  }

  @Override
  public InputStream open(int number) {
    Slice slice = slices.get(number);
    return open(slice, 0, slice.length());
  }

  /** A part of a document. */
  InputStream open(int number, long from, long to) {
    return open(slices.get(number), from, to);
  }

  private InputStream open(Slice slice, long from, long to) {
    return new BufferedInputStream(
        new FileSlice(file, slice.offset() + from, slice.offset() + to), CHUNK);
  }

  /** Bytes of a document. */
  long length(int number) {
    return slices.get(number).length();
  }

  /** Bytes in all. */
  long length() {
    return end;
  }

  /** Of what was received, in hexadecimal digits; the same bodies give the same. */
  String hash() {
    try {
      return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Only this part of the one document counts from now on. */
  void narrow(long from, long to) {
    Slice whole = slices.getFirst();
    slices.set(0, new Slice(whole.offset() + from, to - from));
  }

  /** Forgets everything received so far. */
  void clear() {
    slices.clear();
    digest.reset();
    end = 0;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
