package dev.phial.crypto.envelope;

import dev.phial.crypto.fips.FipsModuleException;
import java.io.FileInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's generator, read anew for every call, never buffered. A restored snapshot or a cloned machine repeats what
 * a process has in memory, its generator's state included; what the kernel will say is not in that memory. One open file
 * for the process. Thread-safe.
 */
final class KernelRandom {
  private static final String DEVICE = "/dev/urandom";

  private static @Nullable KernelRandom opened;

  private final FileInputStream device;

  private KernelRandom(FileInputStream device) {
    this.device = device;
  }

  /** @throws FipsModuleException when the kernel's generator cannot be opened; a later call tries again */
  static synchronized KernelRandom open() {
    KernelRandom known = opened;
    if (known == null) {
      known = new KernelRandom(device());
      opened = known;
    }
    return known;
  }

  private static FileInputStream device() {
    try {
      return new FileInputStream(DEVICE);
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  void fill(byte[] out) {
    try {
      if (device.readNBytes(out, 0, out.length) != out.length) {
        throw unavailable(null);
      }
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  private static FipsModuleException unavailable(@Nullable IOException cause) {
    return new FipsModuleException(
        DEVICE + " cannot be read: nonces need it; run on Linux or macOS with it visible", cause);
  }
}
