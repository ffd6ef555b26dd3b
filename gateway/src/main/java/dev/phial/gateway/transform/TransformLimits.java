package dev.phial.gateway.transform;

/**
 * Bounds on one message body. A body over any of them is refused with {@link TransformException.Reason#TOO_LARGE}.
 *
 * @param documentBytes most bytes of a body
 * @param depth most nested objects and arrays
 * @param stringBytes most bytes of one string, as written between its quotes
 * @param nameLength most characters of one member name
 * @param numberLength most characters of one number
 * @param tokens most JSON tokens of a body
 * @param batchItems most values given to the engine in one call; a body with more takes several
 * @param batchBytes most bytes of values given to the engine in one call
 */
public record TransformLimits(
    int documentBytes,
    int depth,
    int stringBytes,
    int nameLength,
    int numberLength,
    int tokens,
    int batchItems,
    long batchBytes) {
  public static final TransformLimits DEFAULT =
      new TransformLimits(16 << 20, 200, 1 << 20, 1_000, 1_000, 1_000_000, 50_000, 32L << 20);

  public TransformLimits {
    if (documentBytes < 1
        || depth < 1
        || stringBytes < 1
        || nameLength < 1
        || numberLength < 1
        || tokens < 1
        || batchItems < 1
        || batchBytes < stringBytes) {
      throw new IllegalArgumentException(
          "limits of bodies are 1 or more, and batchBytes is at least stringBytes");
    }
  }
}
