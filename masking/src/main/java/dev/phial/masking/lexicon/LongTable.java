package dev.phial.masking.lexicon;

/** Numbers by hash: open addressing behind a small filter, for most words that are looked up are in no list. */
final class LongTable {
  private static final int FILTER = 1 << 16;

  private final long[] filter = new long[FILTER / 64];
  private final long[] keys;
  private final int[] values;

  LongTable(int capacity) {
    int size = Integer.highestOneBit(Math.max(16, capacity) * 4 - 1);
    keys = new long[size];
    values = new int[size];
  }

  void or(long key, int value) {
    put(key, get(key) | value);
  }

  void put(long key, int value) {
    int slot = slot(key);
    keys[slot] = key;
    values[slot] = value;
    int bit = bit(key);
    filter[bit >> 6] |= 1L << bit;
  }

  /** The value, or 0. */
  int get(long key) {
    int bit = bit(key);
    return (filter[bit >> 6] & 1L << bit) == 0 ? 0 : values[slot(key)];
  }

  private int slot(long key) {
    int slot = (int) (key ^ key >>> 29) & keys.length - 1;
    while (keys[slot] != key && keys[slot] != 0) {
      slot = slot + 1 & keys.length - 1;
    }
    return slot;
  }

  private static int bit(long key) {
    return (int) (key ^ key >>> 32) & FILTER - 1;
  }
}
