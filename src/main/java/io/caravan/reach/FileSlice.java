package io.caravan.reach;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A part of a file as a stream that knows its own place, so that several may read the file at once.
 * Closing it leaves the file open.
 */
public final class FileSlice extends InputStream {
  private final FileChannel file;
  private final long to;
  private long at;

  /**
   * @param from the first byte
   * @param to the byte after the last
   */
  public FileSlice(FileChannel file, long from, long to) {
    this.file = file;
    this.at = from;
    this.to = to;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int wanted = (int) Math.min(length, to - at);
    if (wanted <= 0) {
      return length == 0 ? 0 : -1;
    }
    int read = file.read(ByteBuffer.wrap(bytes, offset, wanted), at);
    at += Math.max(read, 0);
    return read;
  }
}
