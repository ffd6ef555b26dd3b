package dev.phial.kms.pkcs11;

import dev.phial.kms.BlockingKms;
import dev.phial.kms.Kms;
import dev.phial.kms.KmsProvider;
import dev.phial.kms.KmsSettings;
import dev.phial.kms.PreparedKms;
import dev.phial.kms.SecretSource;
import dev.phial.kms.ThreadedKms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;

/**
 * Opens {@code type: pkcs11}. A KEK is named by the label of its key: {@code hsm/phial} is the newest of {@code phial},
 * {@code phial#2}, {@code phial#3}. Settings:
 *
 * <ul>
 *   <li>{@code library}: the vendor's PKCS#11 module, a file.
 *   <li>{@code token_label} or {@code slot_index}: the label of the token, or the place of its slot in the module's list, from 0.
 *   <li>{@code pin.file} or {@code pin.env}: where the user's PIN is.
 *   <li>{@code create}: {@code true} makes the key {@code kek} in the token when there is none. False when not given.
 *   <li>{@code kek}: the label of the key that creation makes; {@code phial} when not given.
 *   <li>{@code timeout}: for one operation; 5s. {@code threads}: operations at the same time; 4.
 * </ul>
 */
public final class Pkcs11KmsProvider implements KmsProvider {
  private static final Set<String> SETTINGS = Set.of(
      "library",
      "token_label",
      "slot_index",
      "pin.file",
      "pin.env",
      "create",
      "kek",
      "timeout",
      "threads");

  @Override
  public String type() {
    return "pkcs11";
  }

  @Override
  public Kms open(KmsSettings settings) {
    settings.allowOnly(SETTINGS);
    Duration timeout = settings.duration("timeout", Duration.ofSeconds(5), Duration.ofMinutes(1));
    int threads = settings.number("threads", 4, 1, 64);
    String kek = settings.text("kek", "phial");
    if (!kek.matches(KekLabel.NAME)) {
      throw settings.problem("kek", "has 1 to 64 letters, digits, '-', '_' or '.'");
    }
    SecretSource pin = settings.secret("pin");
    Arrays.fill(pin.read(), '\0');
    Token token = new Token(settings.name(), library(settings), slot(settings), pin);
    BlockingKms kms = new Pkcs11Kms(settings.name(), token);
    BlockingKms service = settings.flag("create", false)
        ? new PreparedKms(kms, () -> token.session().createIfMissing(kek))
        : kms;
    return new ThreadedKms(settings.name(), service, threads, timeout);
  }

  private static Path library(KmsSettings settings) {
    settings.required("library");
    Path library = settings.path("library", "");
    if (!Files.isReadable(library)) {
      throw settings.problem("library", "names a file that is not there: " + library);
    }
    return library;
  }

  private static SlotChoice slot(KmsSettings settings) {
    boolean byLabel = settings.text("token_label").isPresent();
    if (byLabel == settings.text("slot_index").isPresent()) {
      throw settings.problem("token_label", "is needed, or else slot_index, and not both");
    }
    return byLabel
        ? new SlotChoice.ByLabel(settings.required("token_label"))
        : new SlotChoice.ByIndex(settings.number("slot_index", 0, 0, 9_999));
  }
}
