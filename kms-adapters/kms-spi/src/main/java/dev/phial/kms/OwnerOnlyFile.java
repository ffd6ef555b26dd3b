package dev.phial.kms;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** Files whose secrecy is their permission bits: checked before they are read. */
public final class OwnerOnlyFile {
  private static final Set<PosixFilePermission> OWNER = EnumSet.of(
      PosixFilePermission.OWNER_READ,
      PosixFilePermission.OWNER_WRITE,
      PosixFilePermission.OWNER_EXECUTE);

  private OwnerOnlyFile() {}

  /**
   * Refuses a file or directory that anybody but its owner may read, write or search.
   *
   * @throws AccessDeniedException with the command that mends it
   */
  public static void check(Path path) throws IOException {
    Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(path));
    others.removeAll(OWNER);
    if (!others.isEmpty()) {
      String mode = Files.isDirectory(path) ? "700" : "600";
      throw new AccessDeniedException(
          path + " is open to others than its owner; run: chmod " + mode + " " + path);
    }
  }

  /** The text of a small UTF-8 file, without a trailing line end; wiped nowhere but in the caller's hands. */
  static char[] readText(Path path) {
    try {
      check(path);
      byte[] bytes = Files.readAllBytes(path);
      try {
        return decode(bytes, path);
      } finally {
        Arrays.fill(bytes, (byte) 0);
      }
    } catch (NoSuchFileException e) {
      throw new AccessDeniedException("secret file " + path + " does not exist", e);
    } catch (IOException | UnsupportedOperationException e) {
      throw new AccessDeniedException("secret file " + path + " cannot be read", e);
    }
  }

  private static char[] decode(byte[] bytes, Path path) throws IOException {
    CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    int end = decoded.limit();
    while (end > 0 && (decoded.get(end - 1) == '\n' || decoded.get(end - 1) == '\r')) {
      end--;
    }
    if (end == 0) {
      throw new AccessDeniedException("secret file " + path + " is empty");
    }
    char[] text = Arrays.copyOf(decoded.array(), end);
    Arrays.fill(decoded.array(), '\0');
    return text;
  }
}
