package dev.phial.crypto.token;

import dev.phial.crypto.fpe.Ff1;
import dev.phial.crypto.token.layout.NumeralSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * FF1 as a permutation of the numbers below any size: strings that stand for no number are enciphered again until they do
 * (cycle walking; decision record 0011). It ends, because a permutation leads back to where it began, and soon: of numbers below
 * 2^256 fewer than one string in six goes on, so that a batch of a thousand needs about five rounds, each shorter than the one
 * before.
 */
final class Permutation {
  private final Ff1 ff1;

  Permutation(Ff1 ff1) {
    this.ff1 = ff1;
  }

  void encrypt(Numerals items) {
    walk(true, items);
  }

  void decrypt(Numerals items) {
    walk(false, items);
  }

  private void walk(boolean encrypt, Numerals items) {
    Numerals walking = items;
    while (walking.size() > 0) {
      step(encrypt, walking);
      walking = walking.outside();
    }
  }

  private void step(boolean encrypt, Numerals items) {
    if (items.ofOneRadix()) {
      apply(encrypt, items.radix(0), items);
    } else {
      items.byRadix().forEach((radix, share) -> apply(encrypt, radix, share));
    }
  }

  private void apply(boolean encrypt, int radix, Numerals items) {
    if (encrypt) {
      ff1.encrypt(radix, items.strings(), items.tweaks());
    } else {
      ff1.decrypt(radix, items.strings(), items.tweaks());
    }
  }

  /** Strings of numerals with their tweaks. FF1 replaces the strings in place, in every share of them. */
  static final class Numerals {
    private final List<byte[]> strings;
    private final List<byte[]> tweaks;
    private final List<NumeralSpace> spaces;

    Numerals(int expected) {
      strings = new ArrayList<>(expected);
      tweaks = new ArrayList<>(expected);
      spaces = new ArrayList<>(expected);
    }

    void add(byte[] string, byte[] tweak, NumeralSpace space) {
      strings.add(string);
      tweaks.add(tweak);
      spaces.add(space);
    }

    int size() {
      return strings.size();
    }

    int radix(int i) {
      return spaces.get(i).radix();
    }

    byte[][] strings() {
      return strings.toArray(new byte[0][]);
    }

    byte[][] tweaks() {
      return tweaks.toArray(new byte[0][]);
    }

    boolean ofOneRadix() {
      for (int i = 1; i < size(); i++) {
        if (radix(i) != radix(0)) {
          return false;
        }
      }
      return true;
    }

    Map<Integer, Numerals> byRadix() {
      Map<Integer, Numerals> shares = new TreeMap<>();
      for (int i = 0; i < size(); i++) {
        give(i, shares.computeIfAbsent(radix(i), radix -> new Numerals(size())));
      }
      return shares;
    }

    /** Those that stand for no number of their space. */
    Numerals outside() {
      Numerals outside = new Numerals(0);
      for (int i = 0; i < size(); i++) {
        if (!spaces.get(i).holds(strings.get(i))) {
          give(i, outside);
        }
      }
      return outside;
    }

    private void give(int i, Numerals share) {
      share.add(strings.get(i), tweaks.get(i), spaces.get(i));
    }
  }
}
