package dev.phial.crypto.fpe;

import dev.phial.crypto.fips.AesBlocks;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.KeptKey;
import dev.phial.crypto.key.KeyAccess;
import dev.phial.crypto.pool.Pool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * FF1 over the module's raw AES. The ten rounds of one string depend on each other, those of different strings do not:
 * each round encrypts the blocks of up to {@link Lane#WIDTH} strings in one call.
 */
final class ComposedFf1 implements Ff1 {
  // Lengths come from formats, so few shapes occur; a hostile variety is computed, not remembered.
  private static final int MAX_SHAPES = 512;

  private final Map<Shape, Rounds> prepared = new ConcurrentHashMap<>();
  private final Pool<Lane> lanes;

  ComposedFf1(FipsModule module, KeptKey key) {
    this.lanes =
        key.pool(KeyAccess.toKeyMaterial(), bytes -> new Lane(new AesBlocks(module, bytes)));
    // Refuse an unfit key now, not at the first token.
    lanes.giveBack(lanes.borrow());
  }

  @Override
  public void encrypt(int radix, byte[][] numerals, byte[][] tweaks) {
    run(true, radix, numerals, tweaks);
  }

  @Override
  public void decrypt(int radix, byte[][] numerals, byte[][] tweaks) {
    run(false, radix, numerals, tweaks);
  }

  private void run(boolean encrypt, int radix, byte[][] numerals, byte[][] tweaks) {
    Ff1Domain.require(radix, numerals, tweaks);
    if (numerals.length == 0) {
      return;
    }
    Lane lane = lanes.borrow();
    if (oneShape(numerals, tweaks)) {
      runShape(lane, encrypt, Shape.of(radix, numerals[0], tweaks[0]), numerals, tweaks);
    } else {
      runMixed(lane, encrypt, radix, numerals, tweaks);
    }
    lanes.giveBack(lane);
  }

  private static boolean oneShape(byte[][] numerals, byte[][] tweaks) {
    for (int i = 1; i < numerals.length; i++) {
      if (numerals[i].length != numerals[0].length || tweaks[i].length != tweaks[0].length) {
        return false;
      }
    }
    return true;
  }

  private void runMixed(Lane lane, boolean encrypt, int radix, byte[][] numerals, byte[][] tweaks) {
    Map<Shape, List<Integer>> groups = new HashMap<>();
    for (int i = 0; i < numerals.length; i++) {
      groups
          .computeIfAbsent(Shape.of(radix, numerals[i], tweaks[i]), shape -> new ArrayList<>())
          .add(i);
    }
    groups.forEach((shape, items) ->
        runShape(lane, encrypt, shape, pick(numerals, items), pick(tweaks, items)));
  }

  // The arrays themselves, not copies: results land in the caller's items.
  private static byte[][] pick(byte[][] from, List<Integer> items) {
    return items.stream().map(i -> from[i]).toArray(byte[][]::new);
  }

  private void runShape(
      Lane lane, boolean encrypt, Shape shape, byte[][] numerals, byte[][] tweaks) {
    Rounds rounds = rounds(lane, shape);
    for (int from = 0; from < numerals.length; from += Lane.WIDTH) {
      int to = Math.min(numerals.length, from + Lane.WIDTH);
      rounds.run(lane, encrypt, numerals, tweaks, from, to);
    }
  }

  private Rounds rounds(Lane lane, Shape shape) {
    Rounds known = prepared.get(shape);
    if (known != null) {
      return known;
    }
    byte[] encryptedP = lane.encryptOne(shape.blockP());
    Rounds made =
        shape.fitsLong() ? new LongRounds(shape, encryptedP) : new BigRounds(shape, encryptedP);
    if (prepared.size() < MAX_SHAPES) {
      prepared.put(shape, made);
    }
    return made;
  }
}
