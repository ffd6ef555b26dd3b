package dev.phial.crypto.portable;

import dev.phial.crypto.fips.FipsModule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * A wrapping key in a file: 32 bytes as they are, or as 64 hex digits on a line of their own. Only its owner may have access to
 * the file. Every message says what is wrong with it and never what is in it.
 */
public final class PortableKeyFile {
  private static final int HEX_DIGITS = 2 * PortableKey.LENGTH;
  private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
      PosixFilePermission.OWNER_READ,
      PosixFilePermission.OWNER_WRITE,
      PosixFilePermission.OWNER_EXECUTE);

  private final Path file;

  public PortableKeyFile(Path file) {
    this.file = file;
  }

  /**
   * Makes the file, mode 0600, with a fresh key in hex; nothing that exists is replaced.
   *
   * @throws IllegalArgumentException when there is something of this name already
   */
  public void make(FipsModule module) throws IOException {
    byte[] key = new byte[PortableKey.LENGTH];
    module.random().nextBytes(key);
    byte[] line = (HexFormat.of().formatHex(key) + "\n").getBytes(StandardCharsets.US_ASCII);
    try (SeekableByteChannel out = Files.newByteChannel(
        file,
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer bytes = ByteBuffer.wrap(line);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    } catch (FileAlreadyExistsException e) {
      throw new IllegalArgumentException(file + " exists already and is left as it is");
    } finally {
      Arrays.fill(key, (byte) 0);
      Arrays.fill(line, (byte) 0);
    }
  }

  /**
   * The key, under the name that its holders agreed on.
   *
   * @throws IllegalArgumentException when the file holds no key, others than its owner have access to it, or namespace or
   *     name is none ({@link PortableKey#held})
   */
  public PortableKey read(String namespace, String name) throws IOException {
    if (!OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
      throw new IllegalArgumentException(
          file
              + " can be used by others than its owner: chmod 600 it, and if others had access, agree on another key");
    }
    byte[] content = start();
    byte[] key = new byte[0];
    try {
      key = key(content);
      return PortableKey.held(namespace, name, key);
    } finally {
      Arrays.fill(content, (byte) 0);
      Arrays.fill(key, (byte) 0);
    }
  }

  /** No more than can be a key and its line's end: the path may lead to anything. */
  private byte[] start() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(HEX_DIGITS + 3);
    try (SeekableByteChannel in = Files.newByteChannel(file)) {
      int got = 0;
      while (got >= 0 && bytes.hasRemaining()) {
        got = in.read(bytes);
      }
    }
    byte[] content = Arrays.copyOf(bytes.array(), bytes.position());
    Arrays.fill(bytes.array(), (byte) 0);
    return content;
  }

  private byte[] key(byte[] content) {
    if (content.length == PortableKey.LENGTH) {
      return content.clone();
    }
    String line = new String(content, StandardCharsets.ISO_8859_1);
    String digits = line.replaceFirst("\\r?\\n\\z", "");
    if (digits.length() != HEX_DIGITS || !digits.chars().allMatch(HexFormat::isHexDigit)) {
      throw new IllegalArgumentException(
          file + " holds no key: it has to be 32 bytes, or 64 hex digits and a line's end");
    }
    return HexFormat.of().parseHex(digits);
  }
}
