package dev.phial.gateway.store;

/** Something watched; not any more when closed. */
@FunctionalInterface
public interface Watch extends AutoCloseable {

  /** For databases that tell nobody. */
  Watch NOTHING = () -> {};

  @Override
  void close();
}
