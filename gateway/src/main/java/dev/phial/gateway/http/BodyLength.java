package dev.phial.gateway.http;

/** How long a body is, as its message says. */
sealed interface BodyLength {
  /** There is none. */
  record None() implements BodyLength {}

  /** So many bytes. */
  record Fixed(long bytes) implements BodyLength {}

  /** In chunks. */
  record Chunked() implements BodyLength {}

  static BodyLength none() {
    return new None();
  }

  static BodyLength chunked() {
    return new Chunked();
  }

  static BodyLength of(long bytes) {
    return bytes == 0 ? new None() : new Fixed(bytes);
  }

  default boolean empty() {
    return this instanceof None;
  }
}
