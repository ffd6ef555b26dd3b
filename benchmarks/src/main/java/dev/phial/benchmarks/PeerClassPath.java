package dev.phial.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where forked JVMs look for classes while peers are measured: bcprov in the place of the FIPS module, which it must never
 * stand beside. JMH gives its forks the class path of this property.
 */
final class PeerClassPath {
  private static final String PROPERTY = "java.class.path";

  private PeerClassPath() {}

  static <T> T during(Callable<T> measuring) throws Exception {
    String own = System.getProperty(PROPERTY, "");
    System.setProperty(PROPERTY, of(own));
    try {
      return measuring.call();
    } finally {
      System.setProperty(PROPERTY, own);
    }
  }

  private static String of(String own) {
    Stream<String> kept = Arrays.stream(own.split(File.pathSeparator, -1))
        .filter(entry -> !entry.contains("bc-fips") && !entry.contains("phial-crypto"));
    return Stream.concat(kept, peers()).collect(Collectors.joining(File.pathSeparator));
  }

  // Beside the folder of this class's own jar.
  private static Stream<String> peers() {
    Path jar = Path.of(
        PeerClassPath.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    Path folder = jar.resolveSibling("../peers").normalize();
    try (Stream<Path> jars = Files.list(folder)) {
      return jars.map(Path::toString).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException("the peers' jars are not in " + folder + ": build again", e);
    }
  }
}
