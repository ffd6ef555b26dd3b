package dev.phial.kms.local;

import java.security.SecureRandom;
import java.security.Security;
import org.bouncycastle.crypto.CryptoServicesRegistrar;
import org.bouncycastle.crypto.fips.FipsDRBG;
import org.bouncycastle.jcajce.provider.BouncyCastleFipsProvider;

/** The approved module as the gateway starts it. */
final class ApprovedModule {
  private ApprovedModule() {}

  static synchronized void start() {
    if (Security.getProvider(LocalKms.PROVIDER) != null) {
      return;
    }
    System.setProperty("org.bouncycastle.fips.approved_only", "true");
    byte[] nonce = new byte[32];
    new SecureRandom().nextBytes(nonce);
    CryptoServicesRegistrar.setSecureRandom(
        FipsDRBG.SHA512_HMAC.fromDefaultEntropy().build(nonce, false));
    Security.insertProviderAt(new BouncyCastleFipsProvider(), 1);
    if (!CryptoServicesRegistrar.isInApprovedOnlyMode()) {
      throw new IllegalStateException("the module is not in approved-only mode");
    }
  }
}
