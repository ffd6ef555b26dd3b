package dev.phial.crypto.fips;

import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import org.bouncycastle.crypto.CryptoServicesRegistrar;
import org.bouncycastle.crypto.fips.FipsStatus;

/** Runs in a process of its own: prepares some wrong situation, starts the module and says what happened. */
public final class StartProbe {
  private static final PrintStream OUT = new PrintStream(
      new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);

  private StartProbe() {}

  public static void main(String[] args) throws Exception {
    prepare(args[0]);
    try {
      FipsModule module = FipsModule.start();
      after(args[0], module);
      OUT.println("STARTED healthy=" + module.healthy() + " first="
          + Security.getProviders()[0].getName() + " " + module.info());
    } catch (FipsModuleException e) {
      OUT.println("REFUSED " + e.getMessage());
    }
    System.exit(0);
  }

  private static void prepare(String situation) {
    switch (situation) {
      case "classes loaded before" -> OUT.println(CryptoServicesRegistrar.isInApprovedOnlyMode());
      case "provider BC registered" -> Security.addProvider(new Impostor());
      default -> {}
    }
  }

  private static void after(String situation, FipsModule module) throws Exception {
    switch (situation) {
      case "error state" -> {
        breakModule();
        OUT.println(refusalInErrorState(module));
      }
      case "another provider put first" -> Security.insertProviderAt(new Impostor(), 1);
      default -> {}
    }
  }

  private static void breakModule() throws ReflectiveOperationException {
    Method move = FipsStatus.class.getDeclaredMethod("moveToErrorStatus", String.class);
    move.setAccessible(true);
    try {
      move.invoke(null, "simulated");
    } catch (InvocationTargetException e) {
      OUT.println("the module says so with " + e.getCause());
    }
  }

  private static String refusalInErrorState(FipsModule module) {
    try {
      new AesBlocks(module, new byte[32]).encrypt(new byte[16], 16, new byte[16]);
      return "answered";
    } catch (FipsModuleException e) {
      return "exception";
    }
  }

  private static final class Impostor extends Provider {
    private static final long serialVersionUID = 1L;

    Impostor() {
      super("BC", "1.0", "a stand-in");
      // A provider without services would still be found by name.
      put("SecureRandom.STANDIN", SecureRandom.class.getName());
    }
  }
}
