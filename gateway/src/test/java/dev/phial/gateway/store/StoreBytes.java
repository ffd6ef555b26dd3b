package dev.phial.gateway.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds byte sequences in a store's files, as who has the disk does. */
public final class StoreBytes {
  private static final int HEAD = 8;

  private StoreBytes() {}

  /** How many of the sequences, of 8 bytes or more each, are somewhere in the files of a folder. */
  public static long found(Path folder, List<byte[]> sequences) throws IOException {
    Map<Long, List<byte[]>> byHead = new HashMap<>();
    sequences.forEach(
        bytes -> byHead.computeIfAbsent(head(bytes, 0), h -> new ArrayList<>()).add(bytes));
    List<byte[]> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] content = Files.readAllBytes(file);
        for (int at = 0; at + HEAD <= content.length; at++) {
          for (byte[] wanted : byHead.getOrDefault(head(content, at), List.of())) {
            if (isAt(content, at, wanted) && found.stream().noneMatch(known -> known == wanted)) {
              found.add(wanted);
            }
          }
        }
      }
    }
    return found.size();
  }

  private static boolean isAt(byte[] content, int at, byte[] wanted) {
    return at + wanted.length <= content.length
        && Arrays.equals(
            content, at, at + wanted.length, wanted, 0, wanted.length);
  }

  private static long head(byte[] bytes, int at) {
    long head = 0;
    for (int i = 0; i < HEAD; i++) {
      head = head << 8 | (bytes[at + i] & 0xff);
    }
    return head;
  }
}
