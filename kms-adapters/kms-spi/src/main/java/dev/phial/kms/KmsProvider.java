package dev.phial.kms;

import java.util.ServiceLoader;
import java.util.TreeSet;

/**
 * Opens one type of KMS. Registered in {@code META-INF/services/dev.phial.kms.KmsProvider} of the adapter's jar, with a
 * public constructor without arguments.
 *
 * <ol>
 *   <li>{@link #type} is a constant and unique among the adapters of a class path.
 *   <li>{@link #open} is called at start-up and may block; what it returns may not.
 *   <li>{@link #open} checks all that can be checked on this machine, and refuses a setting it does not know.
 *   <li>{@link #open} does not need the service: who is away or refuses the login makes calls fail, and when that has ended calls
 *       work, without anybody's doing. A gateway with several KMSs starts while one of them is away.
 *   <li>Each call of {@link #open} gives an independent {@link Kms}, closed by the caller.
 * </ol>
 */
public interface KmsProvider {

  /** The type as a configuration writes it, such as {@code local}. */
  String type();

  /**
   * Opens the KMS.
   *
   * @throws IllegalArgumentException when a setting is missing, unknown or malformed
   * @throws KmsException when a secret cannot be read, or what is kept on this machine cannot be used
   */
  Kms open(KmsSettings settings);

  /**
   * The adapter for a type.
   *
   * @throws IllegalArgumentException when the class path has none; the message lists those it has
   */
  static KmsProvider ofType(String type, ClassLoader classes) {
    TreeSet<String> known = new TreeSet<>();
    for (KmsProvider provider : ServiceLoader.load(KmsProvider.class, classes)) {
      if (provider.type().equals(type)) {
        return provider;
      }
      known.add(provider.type());
    }
    throw new IllegalArgumentException("no KMS adapter of type '" + type
        + "' on the class path; there are: " + String.join(", ", known));
  }
}
