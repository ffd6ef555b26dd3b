package dev.phial.benchmarks;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.envelope.Envelope;
import dev.phial.crypto.envelope.EnvelopeCipher;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyPurpose;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The long form of threat T18: seals and opens values of random sizes from 0 to 70,000 bytes, a million unless told otherwise,
 * and ends with 1 when one does not come back. Run it with and without {@code -Dorg.bouncycastle.native.cpu_variant=java}.
 */
public final class GcmSizesMain {
  private static final int LARGEST = 70_000;

  private GcmSizesMain() {}

  public static void main(String[] args) {
    int count = args.length == 0 ? 1_000_000 : Integer.parseInt(args[0]);
    FipsModule module = FipsModule.start();
    EnvelopeCipher cipher = new EnvelopeCipher(module);
    DataKey key = BenchKeys.of(KeyPurpose.ENCRYPT);
    DataContext context = DataContext.of("tenant", "note");
    SplittableRandom random = new SplittableRandom(18);
    int wrong = 0;
    for (int i = 0; i < count; i++) {
      byte[] plaintext = new byte[random.nextInt(LARGEST + 1)];
      random.nextBytes(plaintext);
      Envelope sealed = Envelope.parse(cipher.seal(key, context, plaintext));
      wrong += Arrays.equals(cipher.open(key, context, sealed), plaintext) ? 0 : 1;
    }
    System.out.println(
        count + " values, native code " + module.info().nativeVariant() + ": " + wrong + " wrong");
    System.exit(wrong == 0 ? 0 : 1);
  }
}
