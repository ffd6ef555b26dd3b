package dev.phial.crypto.fips;

import java.security.Provider;
import java.security.SecureRandom;
import org.bouncycastle.crypto.fips.FipsStatus;
import org.jspecify.annotations.Nullable;

/**
 * The started cryptographic module. To hold an instance is to know that the module was found genuine, alone and in
 * approved-only mode; whatever encrypts asks for one.
 *
 * <p>There is one per process, because the module keeps its state in statics. Thread-safe.
 */
public final class FipsModule {
  private static @Nullable FipsModule started;

  private final Provider provider;
  private final SecureRandom random;
  private final SecureRandom bulkRandom;
  private final ModuleInfo info;

  FipsModule(Provider provider, SecureRandom random, SecureRandom bulkRandom, ModuleInfo info) {
    this.provider = provider;
    this.random = random;
    this.bulkRandom = bulkRandom;
    this.info = info;
  }

  /**
   * Starts the module in approved-only mode, or gives the one already started. Takes about a second the first time.
   *
   * @throws FipsModuleException when the module is not the one expected, not alone, or not in approved-only mode; a
   *     later call tries again
   */
  public static synchronized FipsModule start() {
    FipsModule module = started;
    if (module == null) {
      module = ModuleStart.run();
      started = module;
    }
    return module;
  }

  public ModuleInfo info() {
    return info;
  }

  /** Whether the module still works, in approved-only mode as seen from a new thread, and comes first. */
  public boolean healthy() {
    try {
      return FipsStatus.isReady()
          && ApprovedMode.newThreadIsApproved()
          && GenuineModule.isFirst(provider);
    } catch (RuntimeException | AssertionError e) {
      return false;
    }
  }

  /** The module as a provider, to be named in every {@code getInstance}. */
  public Provider provider() {
    return provider;
  }

  /** The approved generator, at 256 bits of strength. Thread-safe; {@code nextBytes} costs microseconds. */
  public SecureRandom random() {
    return random;
  }

  /**
   * An approved generator of the same strength over AES in counter mode: many bytes in a call cost a fraction. For nonces; keys
   * come from {@link #random}. Thread-safe.
   */
  public SecureRandom bulkRandom() {
    return bulkRandom;
  }
}
