package dev.phial.kms.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.kms.KekRef;
import dev.phial.kms.KekVersion;
import dev.phial.kms.Kms;
import dev.phial.kms.KmsSettings;
import dev.phial.kms.WrapContext;
import dev.phial.kms.WrappedKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an older version has written opens for ever: keystore, wrapping and the bound context. */
class LocalKmsFormatTest {
  @TempDir
  Path directory = Path.of("");

  @BeforeAll
  static void startModule() {
    FipsModule.start();
  }

  @Test
  void opens_a_keystore_and_a_key_wrapped_in_format_1() throws Exception {
    Properties golden = golden("local-kms-1.properties");
    Path keystore = Files.createFile(
        directory.resolve("local.bcfks"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(keystore, Base64.getDecoder().decode(golden.getProperty("keystore")));
    Map<String, String> settings = Map.of("passphrase.env", "PASS");
    try (Kms kms = new LocalKmsProvider()
        .open(new KmsSettings(
            "local", settings, directory, name -> golden.getProperty("passphrase")))) {
      assertThat(
              kms.unwrap(wrapped(golden), context(golden)).toCompletableFuture().get())
          .isEqualTo(HexFormat.of().parseHex(golden.getProperty("key")));
    }
  }

  private static WrappedKey wrapped(Properties golden) {
    KekVersion kek =
        new KekVersion(KekRef.parse(golden.getProperty("kek")), golden.getProperty("kekVersion"));
    return WrappedKey.of(kek, HexFormat.of().parseHex(golden.getProperty("wrapped")));
  }

  private static WrapContext context(Properties golden) {
    return new WrapContext(
        golden.getProperty("tenant"),
        golden.getProperty("purpose"),
        HexFormat.fromHexDigitsToLong(golden.getProperty("keyset")),
        Integer.parseInt(golden.getProperty("version")));
  }

  private static Properties golden(String name) throws IOException {
    Properties golden = new Properties();
    try (InputStream in =
        Objects.requireNonNull(LocalKmsFormatTest.class.getResourceAsStream(name))) {
      golden.load(in);
    }
    return golden;
  }
}
