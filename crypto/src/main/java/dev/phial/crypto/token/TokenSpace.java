package dev.phial.crypto.token;

import dev.phial.crypto.token.layout.Written;
import java.math.BigInteger;

/** The tokens that one value may have, numbered from 0: for whoever draws one at random. Immutable. */
public final class TokenSpace {
  private final TokenFormat format;
  private final Written value;
  private final BigInteger firstSize;

  TokenSpace(TokenFormat format, Written value) {
    this.format = format;
    this.value = value;
    this.firstSize = value.space().size();
  }

  /** How many there are. The value itself may be one of them. */
  public BigInteger size() {
    Written also = value.also();
    return also == null ? firstSize : firstSize.multiply(also.space().size());
  }

  /**
   * The token of a number.
   *
   * @throws IllegalArgumentException when it is negative or not below {@link #size}
   */
  public String token(BigInteger number) {
    if (number.signum() < 0 || number.compareTo(size()) >= 0) {
      throw new IllegalArgumentException("there is no token of that number");
    }
    BigInteger[] parts = number.divideAndRemainder(firstSize);
    Written also = value.also();
    Written second = also == null ? null : also.with(also.space().write(parts[0]), null);
    return format.writeToken(value.with(value.space().write(parts[1]), second));
  }

  @Override
  public String toString() {
    return "TokenSpace[" + format.spec() + "]";
  }
}
