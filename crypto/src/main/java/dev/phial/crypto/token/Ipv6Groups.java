package dev.phial.crypto.token;

import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** IPv6 addresses as eight groups of 16 bits (RFC 4291, 2.2; RFC 5952). */
final class Ipv6Groups {
  private static final int GROUPS = 8;
  private static final Pattern LIST =
      Pattern.compile("(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4})*)?");

  private Ipv6Groups() {}

  static @Nullable BigInteger parse(String text) {
    int gap = text.indexOf("::");
    String front = gap < 0 ? text : text.substring(0, gap);
    String back = gap < 0 ? "" : text.substring(gap + 2);
    if (!LIST.matcher(front).matches() || !LIST.matcher(back).matches()) {
      return null;
    }
    int zeros = GROUPS - count(front) - count(back);
    if (gap < 0 ? zeros != 0 : zeros < 1) {
      return null;
    }
    return append(append(BigInteger.ZERO, front).shiftLeft(16 * zeros), back);
  }

  private static int count(String list) {
    return list.isEmpty() ? 0 : list.split(":", -1).length;
  }

  private static BigInteger append(BigInteger address, String list) {
    BigInteger longer = address;
    for (String group : list.isEmpty() ? new String[0] : list.split(":", -1)) {
      longer = longer.shiftLeft(16).or(BigInteger.valueOf(Integer.parseInt(group, 16)));
    }
    return longer;
  }

  static String write(BigInteger address) {
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = address.shiftRight(16 * (GROUPS - 1 - i)).intValue() & 0xffff;
    }
    int gap = longestGap(groups);
    int end = gap + zerosFrom(groups, gap);
    // One group of zeros is written as it is.
    return end - gap < 2
        ? join(groups, 0, GROUPS)
        : join(groups, 0, gap) + "::" + join(groups, end, GROUPS);
  }

  private static int longestGap(int[] groups) {
    int longest = 0;
    for (int i = 1; i < GROUPS; i++) {
      if (zerosFrom(groups, i) > zerosFrom(groups, longest)) {
        longest = i;
      }
    }
    return longest;
  }

  private static int zerosFrom(int[] groups, int from) {
    int end = from;
    while (end < GROUPS && groups[end] == 0) {
      end++;
    }
    return end - from;
  }

  private static String join(int[] groups, int from, int to) {
    StringBuilder joined = new StringBuilder();
    for (int i = from; i < to; i++) {
      joined.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
    }
    return joined.toString();
  }
}
