package dev.phial.crypto.token;

import dev.phial.crypto.fpe.Ff1;
import dev.phial.crypto.key.DataKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tokenizes values of one element of one tenant under one key version, and takes the tokens back. The same value in the
 * same context always has the same token; another tenant, element, key version or context gives another.
 *
 * <p>An input that fails does not touch its neighbours. Batches are many times faster than single calls. Thread-safe.
 *
 * <p>Both operations fail with {@link dev.phial.crypto.key.KeyDestroyedException} once the data key was destroyed.
 *
 * <p><b>Without a mark</b> a token of another key version, tenant, element or context comes back as a wrong value of the
 * right format: FF1 has no integrity. Whoever calls {@link #detokenize} must know that the version is the right one.
 */
public final class ElementTokenizer {
  private final DataKey key;
  private final TokenFormat format;
  private final Coding coding;
  private final Ff1 ff1;
  private final Tweaks tweaks;
  private final TokenOutcome.Invalid notAValue;
  private final TokenOutcome.Invalid badContext =
      new TokenOutcome.Invalid("the context holds an unpaired surrogate");

  ElementTokenizer(DataKey key, TokenFormat format, Coding coding, Ff1 ff1, Tweaks tweaks) {
    this.key = key;
    this.format = format;
    this.coding = coding;
    this.ff1 = ff1;
    this.tweaks = tweaks;
    this.notAValue = new TokenOutcome.Invalid("the value is not " + format.domain());
  }

  /** The tokens of values: outcome {@code i}, a {@code Token} or {@code Invalid}, belongs to input {@code i}. */
  public List<TokenOutcome> tokenize(List<TokenInput> values) {
    key.requireAlive();
    Batch batch = new Batch(values.size());
    values.forEach(value -> batch.add(value, coding.readValue(value.text()), notAValue));
    ff1.encrypt(format.radix(), batch.numerals(), batch.tweaks());
    return batch.outcomes(coding::writeToken);
  }

  /** The values of tokens: outcome {@code i}, a {@code Value} or {@code Invalid}, belongs to input {@code i}. */
  public List<TokenOutcome> detokenize(List<TokenInput> tokens) {
    key.requireAlive();
    Batch batch = new Batch(tokens.size());
    tokens.forEach(token -> batch.add(token, coding.readToken(token.text()), coding.notAToken()));
    ff1.decrypt(format.radix(), batch.numerals(), batch.tweaks());
    return batch.outcomes(coding::writeValue);
  }

  /** What goes through FF1 together, and what was refused before. */
  private final class Batch {
    private final List<TokenOutcome> outcomes;
    private final List<@Nullable Written> read;
    private final List<byte[]> numerals;
    private final List<byte[]> tweaksOfRead;

    Batch(int size) {
      outcomes = new ArrayList<>(size);
      read = new ArrayList<>(size);
      numerals = new ArrayList<>(size);
      tweaksOfRead = new ArrayList<>(size);
    }

    void add(TokenInput input, @Nullable Written written, TokenOutcome.Invalid refusal) {
      outcomes.add(refusal);
      if (written != null) {
        addTweaked(input, written);
      } else {
        read.add(null);
      }
    }

    private void addTweaked(TokenInput input, Written written) {
      try {
        tweaksOfRead.add(tweaks.of(input.context()));
        numerals.add(written.numerals());
        read.add(written);
      } catch (IllegalArgumentException e) {
        outcomes.set(outcomes.size() - 1, badContext);
        read.add(null);
      }
    }

    byte[][] numerals() {
      return numerals.toArray(new byte[0][]);
    }

    byte[][] tweaks() {
      return tweaksOfRead.toArray(new byte[0][]);
    }

    List<TokenOutcome> outcomes(Function<Written, TokenOutcome> writer) {
      for (int i = 0; i < read.size(); i++) {
        Written written = read.get(i);
        if (written != null) {
          outcomes.set(i, writer.apply(written));
        }
      }
      return List.copyOf(outcomes);
    }
  }
}
