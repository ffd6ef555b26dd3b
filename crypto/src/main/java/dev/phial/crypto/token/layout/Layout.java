package dev.phial.crypto.token.layout;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** Texts of one length, place by place. Immutable. */
public final class Layout implements Numbering {
  private static final byte[] NOTHING = {};

  private final Slot[] slots;
  private final int length;
  private final MixedRadix numbers;
  private final boolean binds;

  public Layout(List<? extends Slot> slots) {
    this.slots = slots.toArray(new Slot[0]);
    this.length = slots.stream().mapToInt(Slot::width).sum();
    this.numbers = new MixedRadix(slots.stream()
        .flatMapToInt(
            slot -> slot instanceof Choice choice ? IntStream.of(choice.size()) : IntStream.empty())
        .toArray());
    this.binds = slots.stream().anyMatch(slot -> slot instanceof Kept kept && kept.bound());
  }

  /** Characters of its texts. */
  public int length() {
    return length;
  }

  @Override
  public NumeralSpace space() {
    return numbers.space();
  }

  public Reading read(String text) {
    if (text.length() != length) {
      return Misfit.LENGTH;
    }
    int[] ranks = new int[numbers.places()];
    int at = 0;
    int found = 0;
    for (Slot slot : slots) {
      if (slot instanceof Choice choice) {
        int rank = choice.rank(text, at);
        if (rank < 0) {
          return choice.misfit(text, at);
        }
        ranks[found++] = rank;
      } else if (slot instanceof Kept kept && !kept.takes(text.charAt(at))) {
        return kept.misfit();
      }
      at += slot.width();
    }
    return checks(text)
        ? new Written(this, numbers.numerals(ranks), text, bound(text), null)
        : Misfit.CHECK_DIGIT;
  }

  private boolean checks(String text) {
    int at = 0;
    for (Slot slot : slots) {
      if (slot instanceof Check check && text.charAt(at) != check.digit(text, at)) {
        return false;
      }
      at += slot.width();
    }
    return true;
  }

  private byte[] bound(String text) {
    if (!binds) {
      return NOTHING;
    }
    StringBuilder bound = new StringBuilder();
    int at = 0;
    for (Slot slot : slots) {
      if (slot instanceof Kept kept && kept.bound()) {
        bound.append(text.charAt(at));
      }
      at += slot.width();
    }
    return bound.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String write(byte[] numerals, String like) {
    char[] out = like.toCharArray();
    int[] ranks = numbers.ranks(numerals);
    int at = 0;
    int next = 0;
    for (Slot slot : slots) {
      if (slot instanceof Choice choice) {
        choice.put(ranks[next++], out, at);
      }
      at += slot.width();
    }
    return new String(checked(out));
  }

  private char[] checked(char[] out) {
    int at = 0;
    for (Slot slot : slots) {
      if (slot instanceof Check check) {
        out[at] = check.digit(CharBuffer.wrap(out), at);
      }
      at += slot.width();
    }
    return out;
  }
}
