package dev.phial.crypto.token;

import dev.phial.crypto.fpe.Ff1Domain;
import dev.phial.crypto.token.layout.Band;
import dev.phial.crypto.token.layout.Kept;
import dev.phial.crypto.token.layout.Layout;
import dev.phial.crypto.token.layout.Misfit;
import dev.phial.crypto.token.layout.Reading;
import dev.phial.crypto.token.layout.Script;
import dev.phial.crypto.token.layout.Slot;
import dev.phial.crypto.token.layout.Symbols;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * People's names in one script: a capital becomes a capital, a small letter a small letter; spaces, hyphens, apostrophes and
 * full stops stay. A short single word hides among all words of up to a few letters, so its token may be longer or shorter.
 */
final class NameFormat extends TokenFormat {
  private static final int LONGEST = 100;
  private static final Symbols PUNCTUATION = new Symbols(" -'.\u2019");

  private final Script script;
  private final Symbols capitals;
  private final Symbols small;
  private final List<Band> shortWords;

  NameFormat(Script script) {
    super("name:" + script.inWords());
    this.script = script;
    this.capitals = script.capitals();
    this.small = script.small();
    // One capital by itself is the beginning of a capitalized word, not a word in capitals.
    this.shortWords = List.of(
        new Band(capitals, small, 1, Ff1Domain.FLOOR),
        new Band(small, small, 1, Ff1Domain.FLOOR),
        new Band(capitals, capitals, 2, Ff1Domain.FLOOR));
  }

  static NameFormat of(String spec, @Nullable String scriptName) {
    Script script = scriptName == null ? null : Script.named(scriptName);
    if (script == null) {
      throw new TokenFormatException(
          "format " + spec
              + " needs the script of the names: write name:ascii, name:latin, name:greek or name:cyrillic");
    }
    return new NameFormat(script);
  }

  @Override
  public String domain() {
    return "a name of 1 to " + LONGEST + " letters of the script " + script.inWords()
        + ", spaces, hyphens, apostrophes and full stops";
  }

  @Override
  public BigInteger domainSize() {
    return shortWords.stream()
        .map(band -> band.space().size())
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  @Override
  Reading read(String value) {
    if (value.isEmpty() || value.length() > LONGEST) {
      return Misfit.LENGTH;
    }
    for (Band band : shortWords) {
      if (band.has(value)) {
        return band.read(value);
      }
    }
    if (value.chars().allMatch(character -> PUNCTUATION.has((char) character))) {
      return Misfit.ALPHABET;
    }
    List<Slot> slots = new ArrayList<>(value.length());
    value.chars().forEach(character -> slots.add(slot((char) character)));
    return new Layout(slots).read(value);
  }

  private Slot slot(char character) {
    if (PUNCTUATION.has(character)) {
      return Kept.PUNCTUATION;
    }
    return capitals.has(character) ? capitals : small;
  }
}
