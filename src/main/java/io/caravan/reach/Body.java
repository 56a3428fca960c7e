package io.caravan.reach;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/**
 * The body of an answer, put aside on disk and unpacked. The file has no name, so it is gone when
 * this is closed or the process ends.
 */
public final class Body implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final FileChannel file;
  private final long length;
  private final String digest;

  Body(FileChannel file, long length, String digest) {
    this.file = file;
    this.length = length;
    this.digest = digest;
  }

  /** The bytes from the first on; several may read at once. */
  public InputStream open() {
    return new BufferedInputStream(new FileSlice(file, 0, length), BUFFER);
  }

  /** The bytes from the first on, and the last reader: closing it closes the body. */
  InputStream openLast() {
    return new BufferedInputStream(new FileSlice(file, 0, length), BUFFER) {
      @Override
      public void close() throws IOException {
        super.close();
        file.close();
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
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
