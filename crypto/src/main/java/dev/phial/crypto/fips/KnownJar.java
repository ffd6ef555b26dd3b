package dev.phial.crypto.fips;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;

/**
 * The module's jar files that this program was built and tested with. Certificate #4943's security policy names 2.1.1;
 * 2.1.3 is a patched jar and not the one that was validated (decision record 0002).
 */
record KnownJar(String version, String sha256) {
  private static final Map<String, String> VERSIONS = Map.of(
      "f55fc476ede820d5c03fe87e6ced5bb0095e1dc30b387445846a3ff0274f8c0e", "2.1.3",
      "a430d935ad6cec6d045930758457740f5a5f8f9715894e347f6800f7926a7321", "2.1.1");

  /** The jar that holds the module, found without initialising a class of it. */
  static KnownJar ofModule() {
    String sha256 = digestOf(location());
    String version = VERSIONS.get(sha256);
    if (version == null) {
      throw new FipsModuleException("the module's jar is not a known one (SHA-256 " + sha256
          + "): use the original bc-fips 2.1.3 or 2.1.1 jar, not repackaged");
    }
    return new KnownJar(version, sha256);
  }

  private static Path location() {
    try {
      Class<?> module = Class.forName(
          "org.bouncycastle.jcajce.provider.BouncyCastleFipsProvider",
          false,
          KnownJar.class.getClassLoader());
      CodeSource source = module.getProtectionDomain().getCodeSource();
      if (source == null) {
        throw new FipsModuleException(
            "it cannot be told which jar holds the module: put bc-fips on the class path");
      }
      return Path.of(new URI(source.getLocation().toString()));
    } catch (ClassNotFoundException e) {
      throw new FipsModuleException(
          "the module is missing: put the bc-fips jar on the class path", e);
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new FipsModuleException(
          "the module is not in a jar file of its own: do not repackage bc-fips", e);
    }
  }

  private static String digestOf(Path jar) {
    try {
      // The JDK's own digest: the module cannot vouch for itself before it has started.
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(jar)));
    } catch (IOException | GeneralSecurityException e) {
      throw new FipsModuleException("the module's jar cannot be read: check its permissions", e);
    }
  }
}
