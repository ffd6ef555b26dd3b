package dev.phial.crypto.token;

import dev.phial.crypto.fpe.Ff1;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.token.layout.Misfit;
import dev.phial.crypto.token.layout.Reading;
import dev.phial.crypto.token.layout.Written;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
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
  private static final TokenOutcome.Invalid BAD_CONTEXT =
      new TokenOutcome.Invalid("the context holds an unpaired surrogate");

  private final DataKey key;
  private final TokenFormat format;
  private final Coding coding;
  private final Permutation permutation;
  private final Tweaks tweaks;

  ElementTokenizer(DataKey key, TokenFormat format, Coding coding, Ff1 ff1, Tweaks tweaks) {
    this.key = key;
    this.format = format;
    this.coding = coding;
    this.permutation = new Permutation(ff1);
    this.tweaks = tweaks;
  }

  /** The tokens of values: outcome {@code i}, a {@code Token} or {@code Invalid}, belongs to input {@code i}. */
  public List<TokenOutcome> tokenize(List<TokenInput> values) {
    key.requireAlive();
    key.count(values.size(), characters(values));
    Batch batch = new Batch(values.size());
    for (TokenInput value : values) {
      batch.add(value, coding.readValue(value.text()), this::notAValue);
    }
    permutation.encrypt(batch.numerals);
    return batch.outcomes(coding::writeToken);
  }

  /** The values of tokens: outcome {@code i}, a {@code Value} or {@code Invalid}, belongs to input {@code i}. */
  public List<TokenOutcome> detokenize(List<TokenInput> tokens) {
    key.requireAlive();
    Batch batch = new Batch(tokens.size());
    for (TokenInput token : tokens) {
      batch.add(token, coding.readToken(token.text()), (misfit, text) -> coding.notAToken(misfit));
    }
    permutation.decrypt(batch.numerals);
    return batch.outcomes(coding::writeValue);
  }

  private static long characters(List<TokenInput> values) {
    long sum = 0;
    for (TokenInput value : values) {
      sum += value.text().length();
    }
    return sum;
  }

  private TokenOutcome.Invalid notAValue(Misfit misfit, String value) {
    return new TokenOutcome.Invalid("the value is not " + format.domain() + ": "
        + Misfits.exact(misfit, value).inWords());
  }

  /** What goes through FF1 together, and what was refused before. */
  private final class Batch {
    private final TokenOutcome[] outcomes;
    private final @Nullable Written[] read;
    private final Permutation.Numerals numerals;
    private int next;

    Batch(int size) {
      outcomes = new TokenOutcome[size];
      read = new Written[size];
      numerals = new Permutation.Numerals(size);
    }

    void add(
        TokenInput input,
        Reading reading,
        BiFunction<Misfit, String, TokenOutcome.Invalid> refusal) {
      if (reading instanceof Written written) {
        addTweaked(input, written);
      } else {
        Misfit misfit = reading instanceof Misfit named ? named : Misfit.ALPHABET;
        outcomes[next++] = refusal.apply(misfit, input.text());
      }
    }

    private void addTweaked(TokenInput input, Written written) {
      try {
        byte[] tweak = tweaks.of(input.context());
        for (Written part = written; part != null; part = part.also()) {
          numerals.add(part.numerals(), Tweaks.bound(tweak, part.bound()), part.space());
        }
        read[next++] = written;
      } catch (IllegalArgumentException e) {
        outcomes[next++] = BAD_CONTEXT;
      }
    }

    List<TokenOutcome> outcomes(Function<Written, TokenOutcome> writer) {
      for (int i = 0; i < read.length; i++) {
        Written written = read[i];
        if (written != null) {
          outcomes[i] = writer.apply(written);
        }
      }
      return Collections.unmodifiableList(Arrays.asList(outcomes));
    }
  }
}
