package dev.phial.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.envelope.Envelope;
import dev.phial.crypto.envelope.EnvelopeCipher;
import dev.phial.crypto.envelope.FrameSize;
import dev.phial.crypto.envelope.OpenFailedException;
import dev.phial.crypto.envelope.RecordCipher;
import dev.phial.crypto.envelope.RecordFields;
import dev.phial.crypto.envelope.SealedRecord;
import dev.phial.crypto.envelope.SealingStream;
import dev.phial.crypto.envelope.StreamCipher;
import dev.phial.crypto.envelope.StreamHeader;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fpe.Ff1Engine;
import dev.phial.crypto.index.BlindIndex;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.testing.Keys;
import dev.phial.crypto.testing.Python;
import dev.phial.crypto.token.ElementTokenizer;
import dev.phial.crypto.token.Marking;
import dev.phial.crypto.token.TokenFormat;
import dev.phial.crypto.token.TokenInput;
import dev.phial.crypto.token.TokenOutcome;
import dev.phial.crypto.token.TokenizerFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * docs/format.md is precise enough: a reader and writer in Python, made from that page with another cryptographic library,
 * opens what we write, and we open what it writes.
 */
class SecondReaderTest {
  private static final DataContext CONTEXT =
      new DataContext("nörd", "scan", Map.of("patient", "p-1", "bé", "", "𝔷", "z"));

  private final FipsModule module = FipsModule.start();
  private final DataKey key = Keys.encrypt();
  private Python python;

  @BeforeEach
  void start() throws IOException {
    python = Python.start("second_reader.py", "cryptography");
  }

  @AfterEach
  void stop() throws IOException {
    if (python != null) { // skipped
      python.close();
    }
  }

  private JsonNode ask(String verb, String form, byte[] data, Map<String, ?> more) {
    Map<String, Object> question = new HashMap<>(Map.of(
        "do", verb,
        "form", form,
        "key", "11".repeat(32),
        "keyset", "1122334455667788",
        "version", 1,
        "tenant", CONTEXT.tenant(),
        "element", CONTEXT.element(),
        "caller", CONTEXT.caller(),
        "data", HexFormat.of().formatHex(data)));
    question.putAll(more);
    return python.ask(question);
  }

  private byte[] bytes(String verb, String form, byte[] data, Map<String, ?> more) {
    JsonNode answer = ask(verb, form, data, more);
    assertThat(answer.has("result")).as(verb + " " + form).isTrue();
    return HexFormat.of().parseHex(answer.get("result").asText());
  }

  private void assertRefused(String form, byte[] sealed) {
    for (int at : new int[] {3, 4, 10, 20, 50, sealed.length - 20, sealed.length - 1}) {
      byte[] changed = sealed.clone();
      changed[at] ^= 1;
      assertThat(ask("open", form, changed, Map.of()).has("refused")).isTrue();
    }
    byte[] shorter = Arrays.copyOf(sealed, sealed.length - 1);
    assertThat(ask("open", form, shorter, Map.of()).has("refused")).isTrue();
    assertThat(ask("open", form, sealed, Map.of("element", "other")).has("refused"))
        .isTrue();
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(length).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16, 1000})
  void values_are_read_both_ways(int length) {
    EnvelopeCipher cipher = new EnvelopeCipher(module);
    byte[] plaintext = random(length);
    byte[] ours = cipher.seal(key, CONTEXT, plaintext);
    assertThat(bytes("open", "VALUE", ours, Map.of())).isEqualTo(plaintext);
    assertRefused("VALUE", ours);
    byte[] theirs = bytes("seal", "VALUE", plaintext, Map.of());
    assertThat(cipher.open(key, CONTEXT, Envelope.parse(theirs))).isEqualTo(plaintext);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 64, 500})
  void records_are_read_both_ways(int count) {
    RecordCipher cipher = new RecordCipher(module);
    Map<String, byte[]> values = new HashMap<>();
    for (int i = 0; i < count; i++) {
      values.put((i % 3 == 0 ? "Z~" : "field_") + i, random(i));
    }
    byte[] ours = cipher.seal(key, CONTEXT, RecordFields.of(values));
    assertRefused("RECORD", ours);
    // What it opens is the body; sealed by it again it is a record of its own making.
    byte[] body = bytes("open", "RECORD", ours, Map.of());
    byte[] theirs = bytes("seal", "RECORD", body, Map.of());
    RecordFields opened = cipher.open(key, CONTEXT, SealedRecord.parse(theirs));
    assertThat(opened.size()).isEqualTo(count);
    values.forEach((name, value) -> assertThat(opened.value(name)).hasValue(value));
  }

  @ParameterizedTest
  @EnumSource(FrameSize.class)
  void streams_are_read_both_ways(FrameSize size) throws IOException {
    StreamCipher cipher = new StreamCipher(module);
    int frame = size.bytes();
    for (int length : new int[] {0, 1, frame, frame + 1, 3 * frame + 5}) {
      byte[] plaintext = random(length);
      ByteArrayOutputStream ours = new ByteArrayOutputStream();
      try (SealingStream out = cipher.sealing(ours, key, CONTEXT, size)) {
        out.write(plaintext);
        out.finish();
      }
      assertThat(bytes("open", "STREAM", ours.toByteArray(), Map.of())).isEqualTo(plaintext);
      assertRefused("STREAM", ours.toByteArray());
      byte[] theirs = bytes("seal", "STREAM", plaintext, Map.of("frame_size", frame));
      assertThat(open(cipher, theirs)).isEqualTo(plaintext);
      theirs[theirs.length - 1] ^= 1;
      assertThatThrownBy(() -> open(cipher, theirs)).isInstanceOf(OpenFailedException.class);
    }
  }

  private byte[] open(StreamCipher cipher, byte[] sealed) throws IOException {
    InputStream in = new ByteArrayInputStream(sealed);
    StreamHeader header = StreamHeader.read(in);
    assertThat(header.keyId()).isEqualTo(key.id());
    return cipher.opening(in, header, key, CONTEXT).readAllBytes();
  }

  @ParameterizedTest
  @ValueSource(strings = {"123456", "123456789", "0000000000000000", "98765432109876543210"})
  void tokens_of_digits_are_made_and_taken_back_the_same(String value) {
    DataKey tokens = Keys.filled(KeyPurpose.TOKENIZE, 9, 1, 0x11);
    ElementTokenizer tokenizer = new TokenizerFactory(module, Ff1Engine.COMPOSED)
        .tokenizer(
            tokens,
            CONTEXT.tenant(),
            CONTEXT.element(),
            TokenFormat.parse("digits:6..20"),
            Marking.PLAIN);
    String theirs =
        ask("tokenize", "", new byte[0], Map.of("text", value)).get("result").asText();
    assertThat(tokenizer.tokenize(List.of(new TokenInput(value, CONTEXT.caller()))))
        .containsExactly(new TokenOutcome.Token(theirs));
    assertThat(ask("detokenize", "", new byte[0], Map.of("text", theirs))
            .get("result")
            .asText())
        .isEqualTo(value);
  }

  @Test
  void digests_are_made_the_same() {
    DataKey index = Keys.filled(KeyPurpose.INDEX, 9, 1, 0x11);
    byte[] value = random(11);
    assertThat(ask("digest", "", value, Map.of()).get("result").asText())
        .isEqualTo(
            BlindIndex.of(module, index, CONTEXT.tenant(), CONTEXT.element()).digest(value));
  }
}
