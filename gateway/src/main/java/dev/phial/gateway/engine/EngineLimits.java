package dev.phial.gateway.engine;

/**
 * Bounds of one batch.
 *
 * @param batchItems most values in one call
 * @param batchBytes most bytes of values in one call, summed
 * @param inlineBytes up to so many bytes are worked on the calling thread; more go to the crypto pool
 */
public record EngineLimits(int batchItems, long batchBytes, long inlineBytes) {
  public static final EngineLimits DEFAULT = new EngineLimits(100_000, 64L << 20, 16L << 10);

  public EngineLimits {
    if (batchItems < 1 || batchBytes < 1 || inlineBytes < 0) {
      throw new IllegalArgumentException("limits are positive");
    }
  }
}
