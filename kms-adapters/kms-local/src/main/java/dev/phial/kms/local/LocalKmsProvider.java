package dev.phial.kms.local;

import dev.phial.kms.Kms;
import dev.phial.kms.KmsProvider;
import dev.phial.kms.KmsSettings;
import java.nio.file.Path;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens {@code type: local}. Settings:
 *
 * <ul>
 *   <li>{@code keystore}: the file; {@code local.bcfks} when not given.
 *   <li>{@code passphrase.file} or {@code passphrase.env}: where its passphrase is, 14 bytes or more.
 *   <li>{@code create}: {@code true} creates what is missing, keystore and passphrase file, on the first start. False
 *       when not given.
 *   <li>{@code kek}: the name of the KEK that creation makes; {@code default} when not given.
 * </ul>
 */
public final class LocalKmsProvider implements KmsProvider {
  private static final Logger LOG = LoggerFactory.getLogger(LocalKmsProvider.class);
  private static final Set<String> SETTINGS =
      Set.of("keystore", "passphrase.file", "passphrase.env", "create", "kek");

  @Override
  public String type() {
    return "local";
  }

  @Override
  public Kms open(KmsSettings settings) {
    settings.allowOnly(SETTINGS);
    String kek = kek(settings);
    Path file = settings.path("keystore", "local.bcfks");
    Passphrase passphrase = new Passphrase(settings.secret("passphrase"));
    KeystoreFile keystore = new KeystoreFile(file, passphrase);
    if (settings.flag("create", false)) {
      keystore.createIfMissing(kek);
    }
    Kms kms = new LocalKms(settings.name(), keystore.load(settings.name()));
    LOG.warn(
        "kms '{}' is a keystore file on this machine, {}: for one machine only, lost with it, and as safe as its file"
            + " permissions; back it up apart from its passphrase, or use a KMS or an HSM",
        settings.name(),
        file);
    return kms;
  }

  private static String kek(KmsSettings settings) {
    String kek = settings.text("kek", "default");
    if (!kek.matches("[A-Za-z0-9_-]{1,64}")) {
      throw settings.problem("kek", "has 1 to 64 letters, digits, '-' or '_'");
    }
    return kek;
  }
}
