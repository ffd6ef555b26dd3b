package dev.phial.gateway.policy;

import dev.phial.crypto.deid.ZipAreas;
import dev.phial.gateway.yaml.YamlNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a file of ZIP areas that a policy names; a relative name counts from the policy's directory. */
final class ZipAreasReader {
  private static final int LARGEST = 1 << 20;

  private ZipAreasReader() {}

  static Optional<ZipAreas> read(YamlNode name) {
    return name.parse(text -> ZipAreas.parse(content(beside(name, text))));
  }

  private static Path beside(YamlNode name, String text) {
    try {
      return Path.of(name.tree().origin().file()).resolveSibling(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("is no file's name", e);
    }
  }

  private static String content(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new IllegalArgumentException(file + " has more than " + LARGEST + " bytes");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(file + " is not UTF-8", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read", e);
    }
  }
}
