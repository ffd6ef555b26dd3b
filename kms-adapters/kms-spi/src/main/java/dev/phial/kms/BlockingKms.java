package dev.phial.kms;

/**
 * A KMS as its adapter sees it: calls that wait for a network or a module. {@link ThreadedKms} makes a {@link Kms} of it,
 * whose promises hold here too, except those about waiting.
 *
 * <p>Thread-safe. Calls fail with a {@link KmsException}; they bound their time as well as the service allows, because
 * {@link ThreadedKms} can stop waiting but cannot stop a call.
 */
public interface BlockingKms extends AutoCloseable {

  /**
   * Wraps a data key under the current version of a KEK.
   *
   * @param key of an allowed length, wiped by the caller when this returns
   */
  WrappedKey wrap(KekRef kek, byte[] key, WrapContext context);

  /** Unwraps what {@link #wrap} gave; the array belongs to the caller. */
  byte[] unwrap(WrappedKey wrapped, WrapContext context);

  /** Wraps again what is wrapped, under the current version of a KEK of the same service. */
  WrappedKey rewrap(WrappedKey wrapped, KekRef kek, WrapContext context);

  KekDescription describe(KekRef kek);

  /** Called once, when no call is under way any more. */
  @Override
  void close();
}
