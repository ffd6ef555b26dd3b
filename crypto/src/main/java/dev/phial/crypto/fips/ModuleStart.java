package dev.phial.crypto.fips;

import java.security.GeneralSecurityException;

/** The start, in the order that matters: what must be true before the module's classes load comes first. */
final class ModuleStart {
  private static final String APPROVED_ONLY = "org.bouncycastle.fips.approved_only";

  private ModuleStart() {}

  static FipsModule run() {
    OtherProviders.refuse();
    requestApprovedOnly();
    KnownJar jar = KnownJar.ofModule();
    try {
      return GenuineModule.start(jar);
    } catch (FipsModuleException e) {
      throw e;
    } catch (GeneralSecurityException | RuntimeException | LinkageError | AssertionError e) {
      throw new FipsModuleException(
          "the cryptographic module did not start: run with -D" + APPROVED_ONLY
              + "=true, a writable and executable java.io.tmpdir and the original bc-fips jar",
          e);
    }
  }

  private static void requestApprovedOnly() {
    String asked = System.getProperty(APPROVED_ONLY);
    if (asked != null && !asked.equals("true")) {
      throw new FipsModuleException(
          "the property " + APPROVED_ONLY + " is set to something other than true: remove it");
    }
    // The module reads this once, when its classes load.
    System.setProperty(APPROVED_ONLY, "true");
  }
}
