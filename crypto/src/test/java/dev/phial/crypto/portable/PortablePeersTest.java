package dev.phial.crypto.portable;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.KeyAccess;
import dev.phial.crypto.testing.Keys;
import dev.phial.crypto.testing.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The AWS Encryption SDKs with a raw AES key open what we write, and we open what they write. */
class PortablePeersTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final DataContext CONTEXT =
      new DataContext("nörd", "scan", Map.of("patient", "p-1", "bé", "ü", "Z", "z"));

  @TempDir
  Path folder = Path.of("");

  private final FipsModule module = FipsModule.start();
  private final PortableCipher cipher = new PortableCipher(module);
  private final PortableKey key = PortableKey.of(module, Keys.encrypt(), "nörd", "scan");
  private final String exported = HEX.formatHex(key.export(KeyAccess.toKeyMaterial()));

  private static byte[] plaintext(int length) {
    byte[] plaintext = new byte[length];
    new SplittableRandom(length).nextBytes(plaintext);
    return plaintext;
  }

  private static Map<String, String> clear() {
    Map<String, String> clear = new HashMap<>(CONTEXT.caller());
    clear.put("phial-tenant", CONTEXT.tenant());
    clear.put("phial-element", CONTEXT.element());
    return clear;
  }

  @Test
  void the_SDK_for_Java_and_we_read_each_other() throws IOException {
    try (EsdkProcess peer = EsdkProcess.start()) {
      for (int length : new int[] {0, 1, 4_096, 4_097, 65_536, 65_537, 200_000}) {
        byte[] plaintext = plaintext(length);
        byte[] ours = cipher.seal(key, CONTEXT, plaintext);
        assertThat(peer.ask("decrypt", exported, key.name(), ours, clear()))
            .isEqualTo(HEX.formatHex(plaintext));
        ours[ours.length - 1] ^= 1;
        assertThat(peer.ask("decrypt", exported, key.name(), ours, clear())).isEqualTo("refused");
        String theirs = peer.ask("encrypt", exported, key.name(), plaintext, clear());
        assertThat(cipher.open(key, CONTEXT, HEX.parseHex(theirs))).isEqualTo(plaintext);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4_096, 4_097, 65_536, 65_537, 200_000})
  void the_SDK_for_Python_and_we_read_each_other(int length) throws IOException {
    byte[] plaintext = plaintext(length);
    try (Python peer = Python.start("esdk_peer.py", "aws_encryption_sdk")) {
      byte[] ours = cipher.seal(key, CONTEXT, plaintext);
      assertThat(ask(peer, "decrypt", ours, 0).get("result").asText())
          .isEqualTo(HEX.formatHex(plaintext));
      ours[ours.length - 1] ^= 1;
      assertThat(ask(peer, "decrypt", ours, 0).has("refused")).isTrue();
      for (int frame : new int[] {1_024, 4_096, 1 << 20}) {
        String theirs = ask(peer, "encrypt", plaintext, frame).get("result").asText();
        assertThat(cipher.open(key, CONTEXT, HEX.parseHex(theirs))).isEqualTo(plaintext);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "delivery"})
  void the_SDK_for_Python_and_a_holder_of_a_key_file_read_each_other(String name)
      throws IOException {
    Path file = folder.resolve("partner.key");
    new PortableKeyFile(file).make(module);
    PortableKey held = new PortableKeyFile(file).read("lakeside", "2026/é");
    Map<String, String> context = name.isEmpty() ? Map.of() : Map.of(name, "d-17");
    byte[] plaintext = plaintext(70_000);
    Map<String, Object> agreement =
        Map.of("key", Files.readString(file).strip(), "namespace", "lakeside", "name", "2026/é");
    try (Python peer = Python.start("esdk_peer.py", "aws_encryption_sdk")) {
      byte[] ours = cipher.seal(held, context, plaintext);
      assertThat(ask(peer, agreement, "decrypt", ours, context, 0).get("result").asText())
          .isEqualTo(HEX.formatHex(plaintext));
      String theirs = ask(peer, agreement, "encrypt", plaintext, context, 4_096)
          .get("result")
          .asText();
      assertThat(cipher.open(held, context, HEX.parseHex(theirs))).isEqualTo(plaintext);
    }
  }

  private JsonNode ask(Python peer, String verb, byte[] data, int frame) {
    return ask(peer, Map.of("key", exported, "name", key.name()), verb, data, clear(), frame);
  }

  private static JsonNode ask(
      Python peer,
      Map<String, ?> agreement,
      String verb,
      byte[] data,
      Map<String, String> context,
      int frame) {
    Map<String, Object> question = new HashMap<>(agreement);
    question.putAll(
        Map.of("do", verb, "data", HEX.formatHex(data), "context", context, "frame_length", frame));
    return peer.ask(question);
  }
}
