package dev.phial.kms.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.KekRef;
import dev.phial.kms.Kms;
import dev.phial.kms.KmsUnavailableException;
import dev.phial.kms.SecretSource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class Pkcs11SettingsTest {
  private static final String WRONG = "98123-wrong";

  @BeforeEach
  void requireToken() throws Exception {
    SoftHsm.started();
  }

  private static void refuses(Map<String, String> changes, String message) {
    assertThatThrownBy(() -> SoftHsm.started().open(changes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refuses_settings_that_are_wrong_and_names_them() {
    refuses(Map.of("labrary", "x"), "setting 'labrary' is not known here");
    refuses(Map.of("library", ""), "setting 'library' is missing");
    refuses(Map.of("library", "/no/such/module.so"), "'library' names a file that is not there");
    refuses(Map.of("token_label", ""), "'token_label' is needed, or else slot_index, and not both");
    refuses(Map.of("slot_index", "0"), "'token_label' is needed, or else slot_index, and not both");
    refuses(Map.of("kek", "a#2"), "setting 'kek' has 1 to 64");
    refuses(Map.of("pin.env", ""), "setting 'pin' needs either pin.file or pin.env");
  }

  @Test
  void says_which_tokens_there_are() throws Exception {
    assertThat(refusal(Map.of("token_label", "phail")))
        .isInstanceOf(KmsUnavailableException.class)
        .hasMessageContaining("no token has the label 'phail'")
        .hasMessageContaining("phial test");
  }

  /** What the first call fails with. */
  private static @Nullable Throwable refusal(Map<String, String> changes) throws Exception {
    try (Kms kms = SoftHsm.started().open(changes)) {
      Throwable thrown = catchThrowable(() -> kms.describe(new KekRef("hsm", "default"))
          .toCompletableFuture()
          .get(60, TimeUnit.SECONDS));
      return thrown == null ? null : thrown.getCause();
    }
  }

  @Test
  void needs_a_pin_that_can_be_read_to_open() {
    assertThatThrownBy(
            () -> SoftHsm.started().open(Map.of("pin.env", "", "pin.file", "/no/such/pin")))
        .isInstanceOf(AccessDeniedException.class);
  }

  @Test
  void finds_a_token_by_the_place_of_its_slot() throws Exception {
    int opened = 0;
    for (String index : new String[] {"0", "1", "2"}) {
      Throwable refusal = refusal(Map.of("token_label", "", "slot_index", index));
      if (refusal == null) {
        opened++;
      } else {
        assertThat(refusal)
            .as("another test pulled one")
            .isInstanceOf(KmsUnavailableException.class)
            .hasMessageContaining("cannot be used");
      }
    }
    assertThat(opened).isBetween(2, 3);
    assertThat(refusal(Map.of("token_label", "", "slot_index", "99")))
        .isInstanceOf(KmsUnavailableException.class)
        .hasMessageContaining("the token cannot be used");
  }

  /** The other token, because the process is logged in to the first one already. */
  @Test
  void tries_a_wrong_pin_once_and_does_not_tell_it() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    Token token = new Token(
        "hsm",
        SoftHsm.started().library(),
        new SlotChoice.ByLabel(SoftHsm.OTHER_TOKEN),
        new SecretSource.Environment("PIN", variable -> {
          reads.incrementAndGet();
          return WRONG;
        }));
    for (int i = 0; i < 3; i++) {
      Throwable refused = catchThrowable(token::session);
      assertThat(refused)
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("refuses the PIN (CKR_PIN_INCORRECT)");
      StringWriter trace = new StringWriter();
      refused.printStackTrace(new PrintWriter(trace));
      assertThat(trace.toString()).doesNotContain(WRONG);
    }
    assertThat(reads).hasValue(1);
  }
}
