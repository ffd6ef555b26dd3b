package dev.phial.crypto.token;

import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How addresses of an IP version are written. */
enum IpText {
  /** Four decimal numbers without leading zeros. */
  V4(32, 15, "an IPv4 address, four numbers with dots") {
    @Override
    @Nullable
    BigInteger parse(String text) {
      if (!QUAD.matcher(text).matches()) {
        return null;
      }
      long address = 0;
      for (String part : text.split("\\.", -1)) {
        int number = Integer.parseInt(part);
        if (number > 255) {
          return null;
        }
        address = address << 8 | number;
      }
      return BigInteger.valueOf(address);
    }

    @Override
    String write(BigInteger address) {
      int bits = address.intValue();
      return (bits >>> 24) + "." + (bits >>> 16 & 255) + "." + (bits >>> 8 & 255) + "."
          + (bits & 255);
    }
  },
  /** RFC 5952: lower case, no leading zeros, the longest run of zeros as two colons; never with an IPv4 part. */
  V6(128, 39, "an IPv6 address as RFC 5952 writes it") {
    @Override
    @Nullable
    BigInteger parse(String text) {
      return Ipv6Groups.parse(text);
    }

    @Override
    String write(BigInteger address) {
      return Ipv6Groups.write(address);
    }
  };

  private static final Pattern QUAD = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  private final int bits;
  private final int longest;
  private final String inWords;

  IpText(int bits, int longest, String inWords) {
    this.bits = bits;
    this.longest = longest;
    this.inWords = inWords;
  }

  int bits() {
    return bits;
  }

  /** Characters of the longest. */
  int longest() {
    return longest;
  }

  String inWords() {
    return inWords;
  }

  /** The address of a text, canonical or not; null when it is none. */
  abstract @Nullable BigInteger parse(String text);

  /** The canonical text. */
  abstract String write(BigInteger address);
}
