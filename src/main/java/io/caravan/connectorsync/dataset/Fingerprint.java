package io.caravan.connectorsync.dataset;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Tells bytes from others. For one thread at a time. */
final class Fingerprint {
  /** Of SHA-256; two records in 2^64 would be taken for the same. */
  private static final int BYTES = 16;

  private final MessageDigest digest = sha256();

  /**
   * @param length how many of the bytes, from the first
   */
  void add(byte[] bytes, int length) {
    digest.update(bytes, 0, length);
  }

  /** Of what was added since the last one. */
  byte[] end() {
    return Arrays.copyOf(digest.digest(), BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
