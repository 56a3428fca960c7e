package io.caravan.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.InvalidInputException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * Encrypts tokens and credentials at rest with AES-256-GCM (CONTRACT section 1, ENCRYPTION_KEY;
 * PF-06). Thread-safe.
 *
 * <p>Every encrypted value carries the id of its key, and the id follows from the key itself: keys
 * may be listed in any order, and taking out one key leaves what the others encrypted readable.
 */
public final class Vault {
  private static final int KEY_BYTES = 32;

  private final Aead aead;

  /**
   * Opens the vault.
   *
   * @param encryptionKeys keys of 64 hex digits separated by commas; the first one encrypts, all of
   *     them decrypt
   * @throws InvalidInputException saying what is wrong with ENCRYPTION_KEY, without any part of it
   */
  public Vault(String encryptionKeys) {
    if (encryptionKeys == null || encryptionKeys.isBlank()) {
      throw new InvalidInputException("ENCRYPTION_KEY is empty; give 64 hex digits.");
    }
    try {
      AeadConfig.register();
      KeysetHandle.Builder keyset = KeysetHandle.newBuilder();
      Set<Integer> ids = new HashSet<>();
      for (String key : encryptionKeys.split(",", -1)) {
        byte[] bytes = bytes(key.strip(), ids.size() + 1);
        int id = id(bytes);
        if (!ids.add(id)) {
          throw new InvalidInputException("ENCRYPTION_KEY lists the same key twice; remove one.");
        }
        KeysetHandle.Builder.Entry entry = KeysetHandle.importKey(key(bytes, id)).withFixedId(id);
        keyset.addEntry(ids.size() == 1 ? entry.makePrimary() : entry);
      }
      aead = keyset.build().getPrimitive(RegistryConfiguration.get(), Aead.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no AES-256-GCM", e);
    }
  }

  /** A fresh random key in the form that ENCRYPTION_KEY takes. */
  public static String newKey() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return HexFormat.of().formatHex(key);
  }

  private static byte[] bytes(String hex, int position) {
    if (hex.length() != 2 * KEY_BYTES || !hex.chars().allMatch(HexFormat::isHexDigit)) {
      throw new InvalidInputException(
          "ENCRYPTION_KEY: key number %d is not 64 hex digits (it has %d characters)."
              .formatted(position, hex.length()));
    }
    return HexFormat.of().parseHex(hex);
  }

  private static int id(byte[] key) throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update("caravan key id".getBytes(UTF_8));
    return ByteBuffer.wrap(digest.digest(key)).getInt();
  }

  private static AesGcmKey key(byte[] bytes, int id) throws GeneralSecurityException {
    return AesGcmKey.builder()
        .setParameters(
            AesGcmParameters.builder()
                .setKeySizeBytes(KEY_BYTES)
                .setIvSizeBytes(12)
                .setTagSizeBytes(16)
                .setVariant(AesGcmParameters.Variant.TINK)
                .build())
        .setKeyBytes(SecretBytes.copyFrom(bytes, InsecureSecretKeyAccess.get()))
        .setIdRequirement(id)
        .build();
  }

  /**
   * Encrypts a secret.
   *
   * @param place where the result is kept, for example {@code data_sources:<id>:password}; a value
   *     copied to another place cannot be read there
   */
  public byte[] encrypt(String secret, String place) {
    try {
      return aead.encrypt(secret.getBytes(UTF_8), place.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new Failure(
          FailureKind.INTERNAL, "A secret for " + place + " could not be encrypted.", e);
    }
  }

  /**
   * Decrypts what {@link #encrypt} made for the same place.
   *
   * @throws Failure of kind configuration when no key of ENCRYPTION_KEY fits or the value was
   *     altered or moved
   */
  public String decrypt(byte[] encrypted, String place) {
    try {
      return new String(aead.decrypt(encrypted, place.getBytes(UTF_8)), UTF_8);
    } catch (GeneralSecurityException e) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "The secret kept for %s cannot be decrypted: no key of ENCRYPTION_KEY fits. Add the key it was encrypted with to the end of ENCRYPTION_KEY, or set the secret again."
              .formatted(place),
          e);
    }
  }
}
