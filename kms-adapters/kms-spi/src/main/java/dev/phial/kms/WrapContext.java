package dev.phial.kms;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a wrapped key is for. Bound to it as associated data, so that tenant A's wrapped key put in the place of tenant
 * B's is refused (threat T6).
 *
 * @param tenant whose data key
 * @param purpose what for
 * @param keyset the keyset's permanent id; all 64 bits count
 * @param version the version within the keyset, 1 or more
 */
public record WrapContext(String tenant, String purpose, long keyset, int version) {

  public WrapContext {
    if (tenant.isEmpty() || purpose.isEmpty()) {
      throw new IllegalArgumentException("a wrap context names a tenant and a purpose");
    }
    if (version < 1) {
      throw new IllegalArgumentException("a key version is 1 or more");
    }
  }

  /** The context as a map with fixed names, for a service that takes one (an AWS encryption context, for example). */
  public SortedMap<String, String> asMap() {
    SortedMap<String, String> map = new TreeMap<>();
    map.put("phial:tenant", tenant);
    map.put("phial:purpose", purpose);
    map.put("phial:keyset", String.format("%016x", keyset));
    map.put("phial:version", Integer.toString(version));
    return Collections.unmodifiableSortedMap(map);
  }

  /**
   * The context as bytes, for a service that takes associated data: the entries of {@link #asMap} in order, each name and
   * value as UTF-8 behind its length in four bytes. Two contexts have the same bytes only if they are equal. This form is
   * frozen: wrapped keys outlive us.
   */
  public byte[] encoded() {
    SortedMap<String, String> map = asMap();
    byte[][] parts = new byte[2 * map.size()][];
    int size = 0;
    int next = 0;
    for (Map.Entry<String, String> entry : map.entrySet()) {
      parts[next++] = entry.getKey().getBytes(StandardCharsets.UTF_8);
      parts[next++] = entry.getValue().getBytes(StandardCharsets.UTF_8);
    }
    for (byte[] part : parts) {
      size += Integer.BYTES + part.length;
    }
    ByteBuffer encoded = ByteBuffer.allocate(size);
    for (byte[] part : parts) {
      encoded.putInt(part.length).put(part);
    }
    return encoded.array();
  }
}
