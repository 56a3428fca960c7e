package io.caravan.reach;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/**
 * The body of an answer, unpacked, a large one on disk. The file has no name, so it is gone when
 * this is closed or the process ends.
 */
public final class Body implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final byte[] memory;
  private final FileChannel file;
  private final long length;
  private final String digest;

  private Body(byte[] memory, FileChannel file, long length, String digest) {
    this.memory = memory;
    this.file = file;
    this.length = length;
    this.digest = digest;
  }

  static Body inMemory(byte[] bytes, String digest) {
    return new Body(bytes, null, bytes.length, digest);
  }

  static Body onDisk(FileChannel file, long length, String digest) {
    return new Body(null, file, length, digest);
  }

  /** The bytes from the first on; several may read at once. */
  public InputStream open() {
    return file == null
        ? new ByteArrayInputStream(memory)
        : new BufferedInputStream(new FileSlice(file, 0, length), BUFFER);
  }

  /** The bytes from the first on, and the last reader: closing it closes the body. */
  InputStream openLast() {
    return new FilterInputStream(open()) {
      @Override
      public void close() throws IOException {
        super.close();
        Body.this.close();
      }
    };
  }

  public long length() {
    return length;
  }

  /** SHA-256 in hexadecimal digits. */
  public String digest() {
    return digest;
  }

  /** Its first bytes as text. */
  String begins() {
    try (InputStream bytes = open()) {
      return new String(bytes.readNBytes(Glimpse.BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a person would see of its beginning; see {@link Glimpse}. */
  String glimpse() {
    try (InputStream bytes = open()) {
      return Glimpse.of(bytes.readNBytes(Glimpse.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (file == null) {
      return;
    }
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
