package dev.phial.kms.local;

import dev.phial.kms.KekRef;
import dev.phial.kms.KekVersion;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a KEK version in the keystore: {@code default#1.9f3c2b7a01d45e68}. The number orders the versions; the random
 * part makes the id unique among all keystores, so that a key wrapped by a lost keystore is not found in its successor,
 * rather than mistaken for a tampered one.
 *
 * @param name the KEK's name
 * @param number 1 or more
 * @param nonce 16 hex digits
 */
record KekAlias(String name, int number, String nonce) implements Comparable<KekAlias> {
  private static final Pattern FORM = Pattern.compile("([^#]+)#([0-9]{1,9})\\.([0-9a-f]{16})");
  private static final Comparator<KekAlias> ORDER = Comparator.comparing(KekAlias::name)
      .thenComparingInt(KekAlias::number)
      .thenComparing(KekAlias::nonce);

  static KekAlias parse(String alias) {
    Matcher matcher = FORM.matcher(alias);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "the keystore has an entry that is not a KEK of this program");
    }
    return new KekAlias(matcher.group(1), Integer.parseInt(matcher.group(2)), matcher.group(3));
  }

  KekVersion version(String kms) {
    return new KekVersion(new KekRef(kms, name), number + "." + nonce);
  }

  @Override
  public int compareTo(KekAlias other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return name + "#" + number + "." + nonce;
  }
}
