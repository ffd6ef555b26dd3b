package dev.phial.masking.detect;

import dev.phial.masking.lexicon.Hash;
import dev.phial.masking.scan.Bytes;
import dev.phial.masking.scan.Tokens;
import java.util.Arrays;

/**
 * Four numbers between dots that are a version and no address: after a word that says so, and after the name of a product as
 * user agents write it (RFC 9110, section 10.1.5). A name and a slash alone say nothing, for Java writes addresses so:
 * {@code node-7/10.0.0.12}.
 */
final class Versions {
  private static final int FARTHEST = 48;
  private static final int LONGEST_NAME = 24;

  private static final long[] WORDS = hashes("v ver vers version versions build release firmware");

  /** Products that stand in user agents with four numbers. */
  private static final long[] PRODUCTS = hashes(
      "chrome chromium headlesschrome crios crmo edg edga edgios edge opr opera opx yabrowser vivaldi brave"
          + " samsungbrowser ucbrowser whale silk electron cef crkey iron coast maxthon puffin sogoumobilebrowser"
          + " miuibrowser huaweibrowser heytapbrowser oculusbrowser avast avg ccleaner norton ddg duckduckgo");

  /** What only user agents name. */
  private static final long[] AGENTS = hashes("mozilla applewebkit khtml gecko");

  private Versions() {}

  private static long[] hashes(String words) {
    return Arrays.stream(words.split(" ")).mapToLong(Hash::word).sorted().toArray();
  }

  /** Whether the number at token {@code i} begins a version; {@code end} is the byte after its four numbers. */
  static boolean at(Reading r, int i, int end) {
    int sign = r.t.kind(i - 1);
    if (sign == '/' && r.t.touches(i - 1)) {
      return product(r, i - 2, end);
    }
    int k = sign == ':' || sign == '=' ? i - 2 : i - 1;
    return r.t.isWord(k) && is(WORDS, r.t.hash(k));
  }

  private static boolean product(Reading r, int name, int end) {
    Tokens t = r.t;
    if (!t.isWord(name)
        || !t.touches(name)
        || t.length(name) > LONGEST_NAME
        || !begins(r.at(t.start(name) - 1))
        || !ends(r.at(end))) {
      return false;
    }
    return is(WORDS, t.hash(name))
        || (t.looks(name, Tokens.CAPITAL) && (is(PRODUCTS, t.hash(name)) || agent(t, name)));
  }

  /** A host's name would go on to the left. */
  private static boolean begins(byte before) {
    return before == 0 || Bytes.isSpace(before) || "\"'([;,+=".indexOf(before) >= 0;
  }

  /** After an address stands its port. */
  private static boolean ends(byte after) {
    return after == 0 || Bytes.isSpace(after) || "\"')];,+\\&".indexOf(after) >= 0;
  }

  /** Whether what stands before it, in the same line and quotes, is a user agent. */
  private static boolean agent(Tokens t, int name) {
    for (int k = name - 1; k >= 0 && name - k < FARTHEST; k--) {
      int kind = t.kind(k);
      if (kind == '"' || kind == '\n') {
        return false;
      }
      if (kind == Tokens.WORD && is(AGENTS, t.hash(k))) {
        return true;
      }
    }
    return false;
  }

  private static boolean is(long[] words, long hash) {
    return Arrays.binarySearch(words, hash) >= 0;
  }
}
