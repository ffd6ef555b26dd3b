package dev.phial.benchmarks;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** bcprov's FF1 engine under a key of zeros, reached by method handles: bcprov is not on the class path that compiles this. */
final class BcprovFf1 {
  private static final String PACKAGE = "org.bouncycastle.crypto.";

  private final Object key;
  private final MethodHandle parameters;
  private final MethodHandle init;
  private final MethodHandle process;

  BcprovFf1() {
    try {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      Class<?> engineType = Class.forName(PACKAGE + "fpe.FPEFF1Engine");
      Class<?> keyType = Class.forName(PACKAGE + "params.KeyParameter");
      Class<?> parametersType = Class.forName(PACKAGE + "params.FPEParameters");
      Class<?> anyParameters = Class.forName(PACKAGE + "CipherParameters");
      Object engine = engineType.getConstructor().newInstance();
      key = keyType.getConstructor(byte[].class).newInstance((Object) new byte[32]);
      parameters = lookup.findConstructor(
          parametersType, MethodType.methodType(void.class, keyType, int.class, byte[].class));
      init = lookup.bind(
          engine, "init", MethodType.methodType(void.class, boolean.class, anyParameters));
      process = lookup.bind(
          engine,
          "processBlock",
          MethodType.methodType(
              int.class, byte[].class, int.class, int.class, byte[].class, int.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("bcprov is not on this class path", e);
    }
  }

  void start(byte[] tweak) throws Throwable {
    Object made = parameters.invoke(key, 10, tweak);
    init.invoke(true, made);
  }

  int encrypt(byte[] in, byte[] out) throws Throwable {
    return (int) process.invoke(in, 0, in.length, out, 0);
  }
}
