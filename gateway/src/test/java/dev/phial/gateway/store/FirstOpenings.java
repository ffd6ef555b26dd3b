package dev.phial.gateway.store;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;

/** A process that opens a new store again and again, each time in a new folder, until it is killed. */
final class FirstOpenings {
  private FirstOpenings() {}

  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    for (int i = 0; ; i++) {
      out.println(i);
      Path folder = Path.of(arguments[0]).resolve(Integer.toString(i));
      SqlStore.sqlite(folder.resolve("phial.db"), InstantSource.system()).close();
    }
  }
}
