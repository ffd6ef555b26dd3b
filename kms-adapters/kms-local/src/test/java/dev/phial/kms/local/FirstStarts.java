package dev.phial.kms.local;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.kms.KmsSettings;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** A process that starts for the first time again and again, each time in a new folder, until it is killed. */
final class FirstStarts {
  private FirstStarts() {}

  public static void main(String[] arguments) {
    FipsModule.start();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    for (int i = 0; ; i++) {
      out.println(i);
      Map<String, String> settings = Map.of("create", "true", "passphrase.file", "local.pass");
      Path folder = Path.of(arguments[0]).resolve(Integer.toString(i));
      new LocalKmsProvider()
          .open(new KmsSettings("local", settings, folder, name -> ""))
          .close();
    }
  }
}
