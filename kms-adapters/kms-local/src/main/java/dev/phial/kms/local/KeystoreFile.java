package dev.phial.kms.local;

import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.KmsUnavailableException;
import dev.phial.kms.OwnerOnlyFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;

/**
 * The BCFKS file: KEKs under aliases {@link KekAlias}, encrypted and authenticated under the passphrase. Blocks; for
 * start-up.
 *
 * @param path where
 * @param passphrase what opens it
 */
record KeystoreFile(Path path, Passphrase passphrase) {
  private static final String TYPE = "BCFKS";
  private static final int KEK_BITS = 256;
  private static final int NONCE_BYTES = 8;

  /** Creates what is missing, passphrase first: a keystore without its passphrase would be lost. */
  void createIfMissing(String kek) {
    if (Files.exists(path)) {
      return;
    }
    try {
      new CreationLock(path).hold(() -> createUnderLock(kek));
    } catch (IOException
        | GeneralSecurityException
        | UnsupportedOperationException
        | AssertionError e) {
      throw KmsUnavailableException.lasting(
          "keystore " + path + " cannot be created: " + e.getMessage(), e);
    }
  }

  /** The KEKs by their aliases. */
  Map<KekAlias, SecretKey> load(String kms) {
    try {
      OwnerOnlyFile.check(path);
      return keks(Files.readAllBytes(path));
    } catch (NoSuchFileException e) {
      throw KmsUnavailableException.lasting(
          "kms '" + kms + "': keystore " + path + " does not exist; restore it from a"
              + " backup, or set create: true if this is the first start",
          e);
    } catch (IOException | UnsupportedOperationException e) {
      throw KmsUnavailableException.lasting(
          "kms '" + kms + "': keystore " + path + " cannot be read", e);
    }
  }

  private void createUnderLock(String kek) throws IOException, GeneralSecurityException {
    if (Files.exists(path)) {
      return;
    }
    passphrase.createIfMissing();
    char[] secret = passphrase.read();
    try {
      new DurableFile(path).write(newKeystore(kek, secret));
    } finally {
      Arrays.fill(secret, '\0');
    }
  }

  private static byte[] newKeystore(String kek, char[] secret)
      throws IOException, GeneralSecurityException {
    SecureRandom random = SecureRandom.getInstance("DEFAULT", LocalKms.PROVIDER);
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    KeyGenerator generator = KeyGenerator.getInstance("AES", LocalKms.PROVIDER);
    generator.init(KEK_BITS, random);
    KeyStore store = KeyStore.getInstance(TYPE, LocalKms.PROVIDER);
    store.load(null, null);
    String alias = new KekAlias(kek, 1, HexFormat.of().formatHex(nonce)).toString();
    store.setKeyEntry(alias, generator.generateKey(), secret, null);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    store.store(content, secret);
    return content.toByteArray();
  }

  private Map<KekAlias, SecretKey> keks(byte[] content) {
    char[] secret = passphrase.read();
    try {
      KeyStore store = KeyStore.getInstance(TYPE, LocalKms.PROVIDER);
      store.load(new ByteArrayInputStream(content), secret);
      Map<KekAlias, SecretKey> keks = new TreeMap<>();
      for (String alias : Collections.list(store.aliases())) {
        if (store.getKey(alias, secret) instanceof SecretKey kek) {
          keks.put(KekAlias.parse(alias), kek);
        }
      }
      return keks;
    } catch (IOException | GeneralSecurityException | RuntimeException | AssertionError e) {
      throw new AccessDeniedException(
          "keystore " + path + " does not open with the passphrase in " + passphrase.place()
              + ": another passphrase, or a damaged file",
          e);
    } finally {
      Arrays.fill(secret, '\0');
    }
  }
}
