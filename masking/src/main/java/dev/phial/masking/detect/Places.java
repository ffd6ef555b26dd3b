package dev.phial.masking.detect;

import dev.phial.masking.Identifier;
import dev.phial.masking.lexicon.Lexicon;
import dev.phial.masking.scan.Bytes;
import dev.phial.masking.scan.Tokens;

/**
 * Addresses without a key before them: a number and a street, a street and a number, boxes, military addresses, units, and what follows
 * of town, state, code and country.
 */
final class Places {
  private static final int MOST_STREET_WORDS = 6;
  private static final int MOST_TAIL = 24;
  private static final String[] STREET_ENDINGS = {
    "street", "strasse", "straße", "gasse", "gatan", "gata", "gade", "vej", "vegen", "veien",
    "vagen", "vägen", "gt", "straat", "laan", "plein", "weg", "tie", "katu", "kuja", "polku",
    "ulica", "platz", "allee", "stræde", "plaats", "gracht", "kade", "stræti", "braut", "backen",
    "stigen", "stien", "damm", "ufer", "ring", "veg", "torg", "torget",
  };

  private Places() {}

  /** At a number that may be a house's. */
  static int house(Reading r, int i) {
    Tokens t = r.t;
    if (t.length(i) > 6 || (!r.prose && !lettered(r, i))) {
      return i;
    }
    int first = t.kind(i + 1) == Tokens.NUMBER && t.near(i) && t.length(i + 1) <= 5 && !t.touches(i)
        ? i + 2
        : i + 1;
    int last = street(r, first);
    if (last < 0) {
      return i;
    }
    return address(r, i, i, last);
  }

  /** Outside of sentences only a number before capitals and the word for a street will do. */
  private static boolean lettered(Reading r, int i) {
    return r.t.near(i) && !r.t.touches(i) && r.t.looks(i + 1, Tokens.CAPITAL);
  }

  /** The last token of a street's name that begins at {@code i}, with the number after it; -1 when none does. */
  private static int street(Reading r, int i) {
    Tokens t = r.t;
    boolean known = false;
    boolean capital = false;
    boolean plainWord = false;
    int k = i;
    int words = 0;
    while (words < MOST_STREET_WORDS && part(r, k, words)) {
      capital |= t.looks(k, Tokens.ACCENTS) || r.named(k);
      plainWord |= !r.ordinary(k) || t.means(k, Lexicon.STREET);
      known |= (t.means(k, Lexicon.STREET) && (words > 0 || !t.looks(k, Tokens.CAPITALS)))
          || compound(r, k);
      words++;
      k++;
      if (t.kind(k) == '.' && t.touches(k - 1) && t.length(k - 1) <= 4) {
        k++;
      }
      if (t.kind(k) == '-' && t.touches(k - 1) && t.touches(k)) {
        k++;
      }
    }
    if (words == 0 || (!known && !(r.prose && capital))) {
      return -1;
    }
    boolean number = t.kind(k) == Tokens.NUMBER
        && t.kind(k - 1) != '-'
        && !goesOn(r, k)
        && t.near(k - 1)
        && t.length(k) <= 5
        && plainWord
        && !unitOfMeasure(r, k + 1);
    if (number) {
      return k;
    }
    return known && (words > 1 || compound(r, k - 1)) ? k - 1 : r.prose && unit(r, k) ? k - 1 : -1;
  }

  private static boolean part(Reading r, int k, int words) {
    Tokens t = r.t;
    if (!t.isWord(k) || (words > 0 && !t.near(k - 1))) {
      return false;
    }
    if (t.means(k, Lexicon.STREET)) {
      return true;
    }
    if (r.named(k)) {
      return !t.looks(k, Tokens.HUMPS)
          && !t.means(k, Lexicon.FUNCTION | Lexicon.MONTH | Lexicon.BOX);
    }
    return t.looks(k, Tokens.ACCENTS)
        || (t.length(k) <= 3
            && words > 0
            && !t.means(k, Lexicon.FUNCTION | Lexicon.KEY)
            && !r.ordinary(k)
            && r.prose)
        || (words > 0 && particle(r, k));
  }

  /** Whether a number goes on with more digits: {@code 536-27-8841} is no house. */
  private static boolean goesOn(Reading r, int k) {
    int end = r.t.end(k);
    byte sign = r.at(end);
    return (sign == '-' || sign == '.' || sign == '/' || sign == ':') && r.digitAt(end + 1);
  }

  private static boolean particle(Reading r, int k) {
    return switch (r.text.part(r.t.start(k), Math.min(r.t.end(k), r.t.start(k) + 4))) {
      case "degl",
          "dell",
          "dall",
          "dei",
          "les",
          "aux",
          "och",
          "und",
          "y",
          "de",
          "d",
          "la",
          "le",
          "du",
          "des",
          "del",
          "di",
          "da",
          "do",
          "dos",
          "das",
          "of",
          "the",
          "den",
          "der",
          "van" -> true;
      default -> false;
    };
  }

  /** {@code Feldstrasse}: the word for a street at the end of a longer one. */
  private static boolean compound(Reading r, int k) {
    Tokens t = r.t;
    if (!t.isWord(k) || t.length(k) < 7 || t.means(k, Lexicon.EVERYDAY)) {
      return false;
    }
    String word = r.text.part(t.start(k), t.end(k)).toLowerCase(java.util.Locale.ROOT);
    for (String ending : STREET_ENDINGS) {
      if (word.length() > ending.length() + 2 && word.endsWith(ending)) {
        return true;
      }
    }
    return false;
  }

  /** At a word that may begin a street: {@code Rue Dielhère 130}, {@code Gesterbyntie 68}. */
  static int name(Reading r, int i) {
    Tokens t = r.t;
    boolean first =
        t.means(i, Lexicon.STREET) && t.looks(i, Tokens.CAPITAL) && (r.prose || t.length(i) >= 3);
    if (!first && !(r.prose && (r.named(i) || compound(r, i)))) {
      return i;
    }
    int last = street(r, i);
    if (last <= i
        || t.kind(last) != Tokens.NUMBER
        || (!first
            && !known(r, i, last)
            && !(r.people && !r.ordinary(i) && !t.means(i, Lexicon.MONTH | Lexicon.GIVEN)))) {
      return i;
    }
    return address(r, i, i, last);
  }

  private static boolean known(Reading r, int i, int last) {
    for (int k = i; k < last; k++) {
      if (r.t.means(k, Lexicon.STREET) || compound(r, k)) {
        return true;
      }
    }
    return false;
  }

  /** {@code P.O. Box 41}, {@code PSC 4296, Box 4371}, {@code Postbox 53}, {@code Apt. 339}, {@code APO AA 03140}. */
  static int box(Reading r, int i) {
    Tokens t = r.t;
    int s = t.start(i);
    int n = t.length(i);
    int number = t.kind(i + 1) == '.' ? i + 2 : i + 1;
    if (t.kind(number) == '#') {
      number++;
    }
    if (t.kind(number) == Tokens.NUMBER && t.near(number - 1) && t.length(number) <= 5) {
      boolean box = same(r, s, n, "box")
          || same(r, s, n, "postbox")
          || same(r, s, n, "psc")
          || same(r, s, n, "cmr")
          || same(r, s, n, "pobox");
      boolean room = same(r, s, n, "apt")
          || same(r, s, n, "suite")
          || same(r, s, n, "apartment")
          || same(r, s, n, "ste");
      if ((box && (r.prose || t.looks(i, Tokens.CAPITAL)))
          || (room && t.looks(i, Tokens.CAPITAL))
          || (room && r.prose)) {
        int first = numbered(r, po(r, i));
        return address(r, i, first, number);
      }
      if (same(r, s, n, "unit") && (r.prose || t.looks(i, Tokens.CAPITAL)) && unitBox(r, number)) {
        return address(r, i, i, number);
      }
      return i;
    }
    if ((same(r, s, n, "apo") || same(r, s, n, "fpo") || same(r, s, n, "dpo"))
        && t.means(i + 1, Lexicon.STATE)
        && t.length(i + 1) == 2
        && t.kind(i + 2) == Tokens.NUMBER) {
      return address(r, i, ship(r, i), i + 2);
    }
    return i;
  }

  private static boolean unitBox(Reading r, int number) {
    Tokens t = r.t;
    int k = t.kind(number + 1) == ',' ? number + 2 : number + 1;
    return t.isWord(k) && same(r, t.start(k), t.length(k), "box");
  }

  /** {@code USS Napolitani}, the line before a fleet post office. */
  private static int ship(Reading r, int i) {
    Tokens t = r.t;
    int k = i - 1;
    if (t.kind(k) == '\n' || t.kind(k) == ',') {
      k--;
    }
    int words = 0;
    while (t.isWord(k) && words < 3) {
      int s = t.start(k);
      int n = t.length(k);
      if (same(r, s, n, "uss")
          || same(r, s, n, "usns")
          || same(r, s, n, "usnv")
          || same(r, s, n, "uscgc")) {
        return k;
      }
      k--;
      words++;
    }
    return i;
  }

  /** {@code mg}, {@code ml}: a number before it is no house's. */
  static boolean unitOfMeasure(Reading r, int k) {
    Tokens t = r.t;
    if (t.kind(k) == '%') {
      return true;
    }
    return t.isWord(k)
        && t.length(k) <= 5
        && switch (r.text.part(t.start(k), t.end(k))) {
          case "mg",
              "mcg",
              "ml",
              "g",
              "kg",
              "cm",
              "mm",
              "mmol",
              "units",
              "unit",
              "iu",
              "meq",
              "tabs",
              "tab",
              "mmHg",
              "bpm",
              "lb",
              "lbs",
              "times",
              "days",
              "hours",
              "weeks",
              "years",
              "ms",
              "sec",
              "MB",
              "GB",
              "KB" -> true;
          default -> false;
        };
  }

  /** A number before a box belongs to it. */
  private static int numbered(Reading r, int i) {
    boolean number = r.t.kind(i - 1) == Tokens.NUMBER
        && r.t.length(i - 1) <= 3
        && r.t.near(i - 1)
        && !r.t.touches(i - 1);
    return number && r.people ? i - 1 : i;
  }

  private static int po(Reading r, int i) {
    Tokens t = r.t;
    int k = i - 1;
    int stop = Math.max(0, i - 4);
    while (k >= stop && (t.kind(k) == '.' || (t.isWord(k) && t.length(k) <= 2 && isPo(r, k)))) {
      k--;
    }
    return k + 1 < i && t.isWord(k + 1) ? k + 1 : i;
  }

  private static boolean isPo(Reading r, int k) {
    byte first = Bytes.fold(r.b[r.t.start(k)]);
    return first == 'p' || first == 'o';
  }

  private static boolean same(Reading r, int start, int n, String word) {
    if (n != word.length()) {
      return false;
    }
    for (int k = 0; k < n; k++) {
      if (Bytes.fold(r.b[start + k]) != word.charAt(k)) {
        return false;
      }
    }
    return true;
  }

  private static boolean unit(Reading r, int k) {
    Tokens t = r.t;
    if (t.kind(k) == '\n' || t.kind(k) == ',') {
      return unit(r, k + 1) && t.kind(k + 1) != '\n';
    }
    if (!t.isWord(k)) {
      return false;
    }
    int s = t.start(k);
    int n = t.length(k);
    boolean word = same(r, s, n, "box")
        || same(r, s, n, "apt")
        || same(r, s, n, "suite")
        || same(r, s, n, "unit")
        || same(r, s, n, "floor")
        || same(r, s, n, "room")
        || same(r, s, n, "ste");
    int number = t.kind(k + 1) == '.' ? k + 2 : k + 1;
    return word && t.kind(number) == Tokens.NUMBER;
  }

  private static int address(Reading r, int i, int first, int last) {
    int end = tail(r, last);
    r.found(r.t.start(first), r.t.end(end), Identifier.GEO);
    return Math.max(end + 1, i + 1);
  }

  /** What follows a street and belongs to the address: unit, town, state, code, country. */
  static int tail(Reading r, int last) {
    Tokens t = r.t;
    int end = last;
    int k = last + 1;
    boolean town = false;
    int stop = Math.min(t.count(), last + MOST_TAIL);
    while (k < stop) {
      int kind = t.kind(k);
      if (kind == '\n') {
        k = quoteMarks(t, k + 1);
      } else if (kind == ',' || (kind == '.' && t.touches(k - 1) && t.length(k - 1) <= 3)) {
        k++;
      } else if (kind == '-'
          && town
          && t.touches(k - 1)
          && t.touches(k)
          && t.isWord(k + 1)
          && r.named(k + 1)) {
        k++;
      } else if (town
          && t.isWord(k)
          && t.length(k) <= 3
          && t.kind(k + 1) == Tokens.NUMBER
          && (t.length(k + 1) == 5 || t.length(k + 1) == 4)
          && t.near(k)
          && !t.looks(k, Tokens.CAPITAL)) {
        return zip4(r, k + 1);
      } else if (unit(r, k)) {
        k += t.kind(k + 1) == '.' ? 3 : 2;
        end = k - 1;
      } else if (kind == Tokens.NUMBER
          && (t.length(k) == 5 || t.length(k) == 4)
          && town
          && t.start(k) - t.end(k - 1) <= 3) {
        return zip4(r, k);
      } else if ((t.means(k, Lexicon.STATE)
              && t.length(k) == 2
              && (r.small || t.looks(k, Tokens.CAPITALS)))
          || t.means(k, Lexicon.COUNTRY)) {
        end = k++;
        town = true;
      } else if (kind == Tokens.WORD
          && r.named(k)
          && !t.means(k, Lexicon.FUNCTION | Lexicon.WEEKDAY)
          && !t.looks(k, Tokens.HUMPS)
          && !labels(r, k)
          && (r.prose || t.means(k, Lexicon.CITY | Lexicon.STATE))) {
        end = k++;
        town = true;
      } else if (town && t.isWord(k) && t.near(k - 1) && particleBeforeCapital(r, k)) {
        k++;
      } else {
        break;
      }
    }
    return end;
  }

  private static boolean particleBeforeCapital(Reading r, int k) {
    if (!r.named(k + 1)) {
      return (particle(r, k) || r.t.length(k) == 2)
          && r.t.length(k) <= 3
          && particle(r, k + 1)
          && r.named(k + 2);
    }
    return r.t.length(k) <= 3 && (particle(r, k) || and(r, k));
  }

  /** What stands before each line of a quotation or a list. */
  private static int quoteMarks(Tokens t, int k) {
    int i = k;
    while ((t.kind(i) == '>'
            || t.kind(i) == '?'
            || t.kind(i) == '*'
            || t.kind(i) == '-'
            || t.kind(i) == '|')
        && i - k < 4) {
      i++;
    }
    return i;
  }

  private static boolean labels(Reading r, int k) {
    return r.t.kind(k + 1) == ':' || r.t.kind(k + 1) == '=';
  }

  private static boolean and(Reading r, int k) {
    return r.people
        && r.text.part(r.t.start(k), r.t.end(k)).equals("and")
        && !r.t.means(k + 1, Lexicon.EVERYDAY)
        && r.t.looks(k - 1, Tokens.CAPITAL);
  }

  /** At {@code corner}: {@code the corner of 76 Boulevard de Normandie and Eriksson Bridge}. */
  static int corner(Reading r, int i) {
    Tokens t = r.t;
    if (!t.isWord(i + 1) || !r.text.part(t.start(i + 1), t.end(i + 1)).equals("of")) {
      return i;
    }
    int last = i + 1;
    int k = i + 2;
    boolean and = false;
    while (k - i < 20) {
      int kind = t.kind(k);
      boolean street = (kind == Tokens.NUMBER && t.length(k) <= 5)
          || (t.isWord(k) && (r.named(k) || t.means(k, Lexicon.STREET) || particle(r, k)));
      boolean joins = t.isWord(k)
          && !and
          && last > i + 1
          && r.text.part(t.start(k), t.end(k)).equals("and");
      if (street && !t.means(k, Lexicon.FUNCTION)) {
        last = k;
      } else if (joins) {
        and = true;
      } else if (kind != '.' || !t.touches(k - 1) || t.length(k - 1) > 4) {
        break;
      }
      k++;
    }
    return last == i + 1 || !and
        ? i
        : address(r, i, t.means(i - 1, Lexicon.FUNCTION) && t.near(i - 1) ? i - 1 : i, last);
  }

  private static int zip4(Reading r, int k) {
    return r.t.kind(k + 1) == '-'
            && r.t.touches(k)
            && r.t.kind(k + 2) == Tokens.NUMBER
            && r.t.length(k + 2) == 4
        ? k + 2
        : k;
  }

  /** {@code Springfield, MA}: a town before its state. */
  static int town(Reading r, int i) {
    Tokens t = r.t;
    if (!t.means(i, Lexicon.CITY)
        || !t.looks(i, Tokens.CAPITAL)
        || (t.touches(i - 1) && t.kind(i - 1) != '(' && t.kind(i - 1) != '"')) {
      return i;
    }
    int state = t.kind(i + 1) == ',' ? i + 2 : i + 1;
    if (t.means(state, Lexicon.STATE)
        && t.near(state - 1)
        && !t.touches(state - 1)
        && t.looks(state, Tokens.CAPITAL)
        && (t.kind(i + 1) == ',' || t.looks(state, Tokens.CAPITALS))) {
      return address(r, i, i, state);
    }
    return i;
  }
}
