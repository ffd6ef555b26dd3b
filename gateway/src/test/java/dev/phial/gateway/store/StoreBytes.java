package dev.phial.gateway.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Finds wrapped keys in a store's files, as who has the disk does. */
public final class StoreBytes {
  private static final int PIECE = Long.BYTES;

  private StoreBytes() {}

  /** Of how many of the keys, 8 bytes or more each, a piece of 8 bytes is somewhere in the files of a folder. */
  public static long found(Path folder, List<byte[]> keys) throws IOException {
    Map<Long, Integer> pieces = new HashMap<>();
    for (int key = 0; key < keys.size(); key++) {
      byte[] bytes = keys.get(key);
      for (int at = 0; at + PIECE <= bytes.length; at++) {
        pieces.put(piece(bytes, at), key);
      }
    }
    Set<Integer> found = new HashSet<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        look(Files.readAllBytes(file), pieces, found);
      }
    }
    return found.size();
  }

  private static void look(byte[] content, Map<Long, Integer> pieces, Set<Integer> found) {
    for (int at = 0; at + PIECE <= content.length; at++) {
      Integer key = pieces.get(piece(content, at));
      if (key != null) {
        found.add(key);
      }
    }
  }

  private static long piece(byte[] bytes, int at) {
    long piece = 0;
    for (int i = 0; i < PIECE; i++) {
      piece = piece << Byte.SIZE | (bytes[at + i] & 0xff);
    }
    return piece;
  }
}
