package dev.phial.masking.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/** Takes encodings off, one at a time. */
public final class Decoding {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private Decoding() {}

  /** A JSON string's content, or any text with backslash escapes; what is no escape stays. */
  public static Text backslashes(Text text, int from, int to) {
    byte[] b = text.bytes();
    Text out = Text.decoded(to - from);
    int i = from;
    while (i < to) {
      int at = text.at(i);
      if (b[i] != '\\' || i + 1 >= to) {
        out.append(b[i++], at);
        continue;
      }
      byte next = b[i + 1];
      if (next == 'u' && i + 6 <= to && unit(b, i + 2) >= 0) {
        i = unicode(text, i, to, out);
        continue;
      }
      int plain = escaped(next);
      if (plain < 0) {
        out.append(b[i++], at);
        continue;
      }
      out.append(plain, at);
      i += 2;
    }
    return out.end(text.at(to));
  }

  private static int escaped(byte b) {
    return switch (b) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b', 'f' -> ' ';
      case '"', '\\', '/', '\'' -> b;
      default -> -1;
    };
  }

  private static int unicode(Text text, int i, int to, Text out) {
    byte[] b = text.bytes();
    int at = text.at(i);
    int point = unit(b, i + 2);
    int next = i + 6;
    if (Character.isHighSurrogate((char) point)
        && next + 6 <= to
        && b[next] == '\\'
        && b[next + 1] == 'u') {
      int low = unit(b, next + 2);
      if (low >= 0 && Character.isLowSurrogate((char) low)) {
        point = Character.toCodePoint((char) point, (char) low);
        next += 6;
      }
    }
    point(
        out,
        Character.isBmpCodePoint(point) && Character.isSurrogate((char) point) ? 0xfffd : point,
        at);
    return next;
  }

  private static int unit(byte[] b, int i) {
    int value = 0;
    for (int k = 0; k < 4; k++) {
      int digit = Bytes.hex(b[i + k]);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  /** Percent-encoding, and in a query also {@code +} for a space. */
  public static Text percent(Text text, int from, int to, boolean plus) {
    byte[] b = text.bytes();
    Text out = Text.decoded(to - from);
    int i = from;
    while (i < to) {
      int at = text.at(i);
      if (isPercent(b, i, to)) {
        out.append(Bytes.hex(b[i + 1]) << 4 | Bytes.hex(b[i + 2]), at);
        i += 3;
      } else {
        out.append(plus && b[i] == '+' ? ' ' : b[i], at);
        i++;
      }
    }
    return out.end(text.at(to));
  }

  public static boolean isPercent(byte[] b, int i, int to) {
    return b[i] == '%' && i + 2 < to && Bytes.hex(b[i + 1]) >= 0 && Bytes.hex(b[i + 2]) >= 0;
  }

  /**
   * The text in the form that rules read: digits of every script, full-width and other compatibility forms in ASCII (NFKC),
   * spaces and dashes of every kind as one, and without what cannot be seen. {@code text} itself when all of it is so
   * already.
   */
  public static Text plain(Text text) {
    byte[] b = text.bytes();
    int n = text.length();
    int i = visible(b, n);
    Text out = null;
    while (i < n) {
      if (b[i] > 0) {
        if (out != null) {
          out.append(b[i], text.at(i));
        }
        i++;
        continue;
      }
      int size = size(b, i, n);
      int point = size == 1 ? b[i] & 0xff : decode(b, i, size);
      String as = size == 1 && b[i] != 0 ? null : reads(point);
      if (as != null && out == null) {
        out = Text.decoded(n);
        for (int k = 0; k < i; k++) {
          out.append(b[k], text.at(k));
        }
      }
      if (out != null) {
        copy(text, i, size, as, out);
      }
      i += size;
    }
    return out == null ? text : out.end(text.at(n));
  }

  /** How many bytes at the beginning are plain ASCII; eight are looked at together, for most lines are nothing else. */
  private static int visible(byte[] b, int n) {
    int i = 0;
    while (i + 8 <= n) {
      long eight = (long) LONGS.get(b, i);
      if (((eight - ONES | eight) & HIGHS) != 0) {
        break;
      }
      i += 8;
    }
    while (i < n && b[i] > 0) {
      i++;
    }
    return i;
  }

  private static void copy(Text text, int i, int size, @Nullable String as, Text out) {
    if (as == null) {
      for (int k = 0; k < size; k++) {
        out.append(text.bytes()[i + k], text.at(i));
      }
    } else {
      for (byte plain : as.getBytes(StandardCharsets.UTF_8)) {
        out.append(plain, text.at(i));
      }
    }
  }

  /** How many bytes the character at {@code i} has; 1 for what is none. Overlong forms count, for readers that accept them. */
  private static int size(byte[] b, int i, int n) {
    int lead = b[i] & 0xff;
    int size = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf8 ? 4 : 1;
    if (i + size > n) {
      return 1;
    }
    for (int k = 1; k < size; k++) {
      if ((b[i + k] & 0xc0) != 0x80) {
        return 1;
      }
    }
    return size;
  }

  private static int decode(byte[] b, int i, int size) {
    int point = b[i] & (0xff >> (size + 1));
    for (int k = 1; k < size; k++) {
      point = point << 6 | (b[i + k] & 0x3f);
    }
    return point;
  }

  /** How a character reads when it reads otherwise than it is written, else null. */
  private static @Nullable String reads(int point) {
    if (point > Character.MAX_CODE_POINT) {
      return null;
    }
    if (point < 0x80) {
      return point == 0 ? "" : Character.toString(point);
    }
    return switch (Character.getType(point)) {
      case Character.FORMAT -> "";
      case Character.DECIMAL_DIGIT_NUMBER -> Integer.toString(Character.digit(point, 10));
      case Character.SPACE_SEPARATOR -> " ";
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> "\n";
      case Character.DASH_PUNCTUATION -> "-";
      case Character.NON_SPACING_MARK ->
        point == 0x34f || (point >= 0xfe00 && point <= 0xfe0f) ? "" : null;
      default -> compatible(point);
    };
  }

  private static @Nullable String compatible(int point) {
    if (point < 0xa0) {
      return point == 0x85 ? "\n" : null;
    }
    if (point < 0x2000 && point > 0xbf && (point < 0x1d00 || point > 0x1dbf)) {
      return null;
    }
    if (point == 0x2212) {
      return "-";
    }
    String as = Normalizer.normalize(Character.toString(point), Normalizer.Form.NFKC);
    return as.codePointAt(0) == point ? null : as;
  }

  static void point(Text out, int point, int at) {
    if (point < 0x80) {
      out.append(point, at);
      return;
    }
    for (byte b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
      out.append(b, at);
    }
  }

  /** The letters of a word without accents and in lower case. */
  static String bare(String word) {
    String split = Normalizer.normalize(word, Normalizer.Form.NFD);
    StringBuilder bare = new StringBuilder(split.length());
    split
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .map(Character::toLowerCase)
        .forEach(c -> {
          switch (c) {
            case 'ø' -> bare.append('o');
            case 'æ' -> bare.append("ae");
            case 'ß' -> bare.append("ss");
            case 'ł' -> bare.append('l');
            case 'đ', 'ð' -> bare.append('d');
            case 'þ' -> bare.append("th");
            case 'ı' -> bare.append('i');
            default -> bare.appendCodePoint(c);
          }
        });
    return bare.toString();
  }
}
