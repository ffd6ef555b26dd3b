package dev.phial.crypto.fips;

import java.util.concurrent.atomic.AtomicBoolean;
import org.bouncycastle.crypto.CryptoServicesRegistrar;

/** Approved-only mode is a property of each thread, with a default for new ones: both are looked at. */
final class ApprovedMode {
  private ApprovedMode() {}

  static void require() {
    if (!CryptoServicesRegistrar.isInApprovedOnlyMode()) {
      throw refusal("this thread");
    }
    if (!newThreadIsApproved()) {
      throw refusal("a new thread");
    }
  }

  static boolean newThreadIsApproved() {
    AtomicBoolean approved = new AtomicBoolean();
    Thread thread = new Thread(
        () -> approved.set(CryptoServicesRegistrar.isInApprovedOnlyMode()),
        "phial-approved-mode-check");
    thread.setDaemon(true);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return approved.get();
  }

  private static FipsModuleException refusal(String where) {
    return new FipsModuleException(
        "the module is not in approved-only mode in " + where
            + ": its classes were loaded before the start; start Phial first or set -Dorg.bouncycastle.fips.approved_only=true");
  }
}
