package dev.phial.crypto.fips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Threat T15: what the module refuses with a {@link java.lang.Error} reaches nobody as one. */
class MalformedInputTest {
  private final FipsModule module = FipsModule.start();
  private final byte[] wrapping = new byte[32];

  @ParameterizedTest
  @EnumSource(AesKeyWrap.class)
  void T15_a_wrapped_blob_of_0_to_23_bytes_is_an_exception(AesKeyWrap mode) {
    for (int length = 0; length < 24; length++) {
      byte[] blob = new byte[length];
      Arrays.fill(blob, (byte) length);
      assertThatThrownBy(() -> mode.unwrap(module, wrapping, blob))
          .as("%s of %d bytes", mode, length)
          .isInstanceOf(FipsModuleException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(AesKeyWrap.class)
  void T15_the_next_key_is_unwrapped_as_if_nothing_had_been(AesKeyWrap mode) {
    assertThatThrownBy(() -> mode.unwrap(module, wrapping, new byte[8]))
        .isInstanceOf(FipsModuleException.class);
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) 7);
    assertThat(mode.unwrap(module, wrapping, mode.wrap(module, wrapping, key))).isEqualTo(key);
    assertThat(module.healthy()).isTrue();
  }

  static Stream<Integer> shortKeys() {
    return IntStream.rangeClosed(0, 13).boxed();
  }

  @ParameterizedTest
  @MethodSource("shortKeys")
  void T15_an_HMAC_key_below_14_bytes_is_an_exception(int length) {
    byte[] key = new byte[length];
    assertThatThrownBy(() -> new HmacSha256(module, key)).isInstanceOf(FipsModuleException.class);
    assertThatThrownBy(() -> Hmac.digest(module, HashName.SHA512, key, new byte[1]))
        .isInstanceOf(FipsModuleException.class);
  }

  @ParameterizedTest
  @EnumSource(HashName.class)
  void T15_more_HKDF_output_than_there_can_be_is_an_exception(HashName hash) {
    assertThatThrownBy(() ->
            new Hkdf(module, hash).derive(new byte[32], new byte[0], new byte[0], 255 * 64 + 1))
        .isInstanceOf(FipsModuleException.class);
  }
}
