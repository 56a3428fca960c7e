package io.caravan.setting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The directory that holds what Caravan must not lose when it runs without {@code DATABASE_URL}:
 * the embedded database and the generated secrets. One Caravan at a time serves from it. Only its
 * owner may read it.
 */
public final class DataDirectory {
  private final Path root;
  private FileLock lock;

  public DataDirectory(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  Path postgres() {
    return root.resolve("postgres");
  }

  public Path secretFile(String name) {
    return root.resolve("secrets").resolve(name);
  }

  /**
   * Takes the directory for this process; the operating system gives it back when the process ends,
   * however it ends.
   *
   * @return false when another process has it
   */
  boolean lock() {
    try {
      createOwnerOnly(root);
      FileChannel channel =
          FileChannel.open(
              root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      lock = channel.tryLock();
      if (lock == null) {
        channel.close();
      }
      return lock != null;
    } catch (IOException e) {
      throw new SettingsException(
          List.of(
              "The data directory %s cannot be written: %s"
                  .formatted(root, e.getClass().getSimpleName())));
    }
  }

  /** Notes what a command started beside the serving process needs to find its database. */
  void noteOwner(int databasePort) {
    write(root.resolve("owner"), ProcessHandle.current().pid() + " " + databasePort);
  }

  Optional<Owner> owner() {
    try {
      String[] words = Files.readString(root.resolve("owner")).strip().split(" ");
      return Optional.of(new Owner(Long.parseLong(words[0]), Integer.parseInt(words[1])));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** The process that serves from this directory and the port of its database. */
  record Owner(long pid, int databasePort) {}

  /** A secret of 32 random bytes in hexadecimal, made at the first call and the same ever after. */
  public String secret(String name) {
    Path file = secretFile(name);
    try {
      createOwnerOnly(file.getParent());
      if (!Files.exists(file)) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        write(file, HexFormat.of().formatHex(random));
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static void createOwnerOnly(Path directory) throws IOException {
    Files.createDirectories(directory);
    if (posix(directory)) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private static boolean posix(Path path) throws IOException {
    return Files.getFileStore(path).supportsFileAttributeView("posix");
  }

  /** Written beside and moved, so that a process killed in between leaves no half a secret. */
  private static void write(Path file, String text) {
    try {
      Path temporary = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(temporary);
      if (posix(file.getParent())) {
        Files.createFile(
            temporary,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.writeString(temporary, text + "\n");
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
