package dev.phial.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KekRefTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "local/default",
        "aws/arn:aws:kms:eu-west-1:111122223333:key/0f3c",
        "vault_1/transit/keys/a"
      })
  void reads_what_it_writes(String text) {
    assertThat(KekRef.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "local",
        "/default",
        "local/",
        "lo cal/default",
        "local/def\nault",
        "local/d\u00e9faut"
      })
  void refuses_what_could_be_mistaken(String text) {
    assertThatThrownBy(() -> KekRef.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
