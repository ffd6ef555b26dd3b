package dev.phial.crypto.fips;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import org.bouncycastle.crypto.CryptoServicesRegistrar;
import org.bouncycastle.crypto.fips.FipsDRBG;
import org.bouncycastle.crypto.fips.FipsStatus;
import org.bouncycastle.jcajce.provider.BouncyCastleFipsProvider;

/** The part of the start that loads the module's classes: apart, so that a missing or false jar is found before. */
final class GenuineModule {
  private static final int NONCE_BYTES = 32;

  private GenuineModule() {}

  static FipsModule start(KnownJar jar) throws GeneralSecurityException {
    Provider provider = first();
    ApprovedMode.require();
    SecureRandom random =
        FipsDRBG.SHA512_HMAC.fromDefaultEntropy().build(personal(provider), false);
    CryptoServicesRegistrar.setSecureRandom(random);
    SecureRandom bulk = FipsDRBG.CTR_AES_256.fromDefaultEntropy().build(personal(provider), false);
    FipsModule module = new FipsModule(provider, random, bulk, describe(provider, jar));
    AesConsistency.check(provider);
    requireReady();
    return module;
  }

  private static Provider first() {
    Provider installed = Security.getProvider(BouncyCastleFipsProvider.PROVIDER_NAME);
    Provider provider = installed == null ? new BouncyCastleFipsProvider() : installed;
    if (!isFirst(provider)) {
      Security.removeProvider(provider.getName());
      Security.insertProviderAt(provider, 1);
    }
    if (!isFirst(provider)) {
      throw new FipsModuleException(
          "the module is not the first provider: leave security.provider.1 of java.security to it");
    }
    return provider;
  }

  static boolean isFirst(Provider provider) {
    Provider[] all = Security.getProviders();
    return all.length > 0 && all[0].equals(provider);
  }

  private static byte[] personal(Provider provider) throws GeneralSecurityException {
    byte[] nonce = new byte[NONCE_BYTES];
    SecureRandom.getInstance("NONCEANDIV", provider).nextBytes(nonce);
    return nonce;
  }

  private static ModuleInfo describe(Provider provider, KnownJar jar) {
    String variant = CryptoServicesRegistrar.isNativeEnabled()
        ? CryptoServicesRegistrar.getNativeServices().getVariant()
        : "java";
    return new ModuleInfo(provider.getName(), jar.version(), jar.sha256(), true, variant);
  }

  private static void requireReady() {
    if (!FipsStatus.isReady()) {
      throw new FipsModuleException(
          "the module is in its error state (" + FipsStatus.getStatusMessage()
              + "): restart the process; if it stays so, replace the bc-fips jar");
    }
  }
}
