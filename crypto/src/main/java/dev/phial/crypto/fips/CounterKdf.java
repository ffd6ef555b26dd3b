package dev.phial.crypto.fips;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.fips.FipsKDF;

/**
 * The key derivation function in counter mode of SP 800-108r1, section 4.1, with HMAC-SHA-256: a 32-bit counter, then
 * label, a zero byte, context and the length in bits as 32 bits.
 */
public final class CounterKdf {
  private static final FipsKDF.CounterModeParametersBuilder HMAC_SHA256 =
      FipsKDF.COUNTER_MODE.withPRFAndR(FipsKDF.PRF.SHA256_HMAC, Integer.SIZE);

  // What comes before the counter: the form with two arguments would put the whole input there.
  private static final byte[] NOTHING = {};

  private final FipsKDF.CounterModeFactory factory = new FipsKDF.CounterModeFactory();

  /** Needs the module started, so that its classes load in approved-only mode. */
  public CounterKdf(FipsModule module) {
    if (!module.info().approvedOnly()) {
      throw new FipsModuleException("the module is not in approved-only mode: restart the process");
    }
  }

  /**
   * Derives {@code length} bytes.
   *
   * @param label what the bytes are for; ASCII, without a zero character
   */
  public byte[] derive(byte[] key, String label, byte[] context, int length) {
    try {
      byte[] derived = new byte[length];
      factory
          .createKDFCalculator(HMAC_SHA256.using(key, NOTHING, fixedInput(label, context, length)))
          .generateBytes(derived);
      return derived;
    } catch (RuntimeException | AssertionError e) {
      throw new FipsModuleException(
          "the module refused to derive a key: see the cause and its health", e);
    }
  }

  private static byte[] fixedInput(String label, byte[] context, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    out.write(0);
    out.writeBytes(context);
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(length * Byte.SIZE).array());
    return out.toByteArray();
  }
}
