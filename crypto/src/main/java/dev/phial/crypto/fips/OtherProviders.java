package dev.phial.crypto.fips;

import java.security.Security;

/** Another Bouncy Castle beside the module would offer unapproved algorithms under names that look the same. */
final class OtherProviders {
  private static final String CLASS = "org.bouncycastle.jce.provider.BouncyCastleProvider";

  private OtherProviders() {}

  static void refuse() {
    if (Security.getProvider("BC") != null) {
      throw new FipsModuleException(
          "the provider BC is registered: remove it from java.security or from the program");
    }
    if (onClassPath()) {
      throw new FipsModuleException(
          "another Bouncy Castle is on the class path (" + CLASS + "): remove the bcprov jar");
    }
  }

  private static boolean onClassPath() {
    try {
      Class.forName(CLASS, false, OtherProviders.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    } catch (LinkageError e) {
      // Present, though broken.
      return true;
    }
  }
}
