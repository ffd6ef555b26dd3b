package dev.phial.gateway.http;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** Makes request ids: a random part for the process, and a number. Not secret, never repeated. Thread-safe. */
final class RequestIds {
  private final String process;
  private final AtomicLong last = new AtomicLong();

  RequestIds(SecureRandom random) {
    byte[] bytes = new byte[8];
    random.nextBytes(bytes);
    this.process = HexFormat.of().formatHex(bytes);
  }

  String next() {
    return process + "-" + HexFormat.of().toHexDigits(last.incrementAndGet(), 8);
  }
}
