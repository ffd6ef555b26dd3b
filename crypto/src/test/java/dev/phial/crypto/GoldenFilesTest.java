package dev.phial.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.envelope.Envelope;
import dev.phial.crypto.envelope.EnvelopeCipher;
import dev.phial.crypto.envelope.EnvelopeText;
import dev.phial.crypto.envelope.RecordCipher;
import dev.phial.crypto.envelope.RecordFields;
import dev.phial.crypto.envelope.StreamCipher;
import dev.phial.crypto.envelope.StreamHeader;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fpe.Ff1Engine;
import dev.phial.crypto.index.BlindIndex;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyAccess;
import dev.phial.crypto.key.KeyId;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.portable.PortableCipher;
import dev.phial.crypto.portable.PortableKey;
import dev.phial.crypto.token.ElementTokenizer;
import dev.phial.crypto.token.Marking;
import dev.phial.crypto.token.TokenFormat;
import dev.phial.crypto.token.TokenInput;
import dev.phial.crypto.token.TokenOutcome;
import dev.phial.crypto.token.TokenizerFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What was written once is read for ever (threat T51). These files are never generated anew: a new format adds a file. When
 * this test fails, patients' records would be lost; the code is wrong, not the file.
 */
class GoldenFilesTest {
  private final FipsModule module = FipsModule.start();

  static Stream<JsonNode> envelopes() {
    return entries("envelope-v1.json");
  }

  static Stream<JsonNode> records() {
    return entries("record-v2.json");
  }

  static Stream<JsonNode> streams() {
    return Stream.concat(entries("stream-v3.json"), entries("stream-v3-256k.json"));
  }

  static Stream<JsonNode> portables() {
    return entries("portable-v1.json");
  }

  static Stream<JsonNode> tokens() {
    return Stream.concat(entries("tokens-v1.json"), entries("tokens-v2.json"));
  }

  static Stream<JsonNode> digests() {
    return entries("index-v1.json");
  }

  private static Stream<JsonNode> entries(String file) {
    try (InputStream in = GoldenFilesTest.class.getResourceAsStream("/golden/" + file)) {
      List<JsonNode> entries = new ArrayList<>();
      new ObjectMapper().readTree(Objects.requireNonNull(in, file)).forEach(entries::add);
      assertThat(entries).isNotEmpty();
      return entries.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("envelopes")
  void every_envelope_ever_written_opens(JsonNode golden) {
    DataKey key = key(golden, KeyPurpose.ENCRYPT);
    DataContext context =
        new DataContext(text(golden, "tenant"), text(golden, "element"), caller(golden));
    Envelope fromText = EnvelopeText.parse(text(golden, "text"));
    Envelope fromBase64 = EnvelopeText.parse(text(golden, "base64"));
    EnvelopeCipher cipher = new EnvelopeCipher(module);
    assertThat(fromText.keyId()).isEqualTo(key.id());
    assertThat(cipher.open(key, context, fromText)).isEqualTo(bytes(golden, "plaintext"));
    assertThat(cipher.open(key, context, fromBase64)).isEqualTo(bytes(golden, "plaintext"));
  }

  @ParameterizedTest
  @MethodSource("records")
  void every_record_ever_written_opens(JsonNode golden) {
    DataContext context =
        new DataContext(text(golden, "tenant"), text(golden, "record"), caller(golden));
    RecordFields opened = new RecordCipher(module)
        .open(
            key(golden, KeyPurpose.ENCRYPT),
            context,
            EnvelopeText.parseRecord(text(golden, "text")));
    assertThat(opened.size()).isEqualTo(golden.get("fields").size());
    golden
        .get("fields")
        .properties()
        .forEach(field -> assertThat(opened.value(field.getKey()))
            .hasValue(HexFormat.of().parseHex(field.getValue().asText())));
  }

  /** The plaintext's byte i is 31 i mod 251. */
  @ParameterizedTest
  @MethodSource("streams")
  void every_stream_ever_written_opens(JsonNode golden) throws IOException {
    byte[] expected = new byte[golden.get("length").asInt()];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (byte) (i * 31 % 251);
    }
    DataContext context =
        new DataContext(text(golden, "tenant"), text(golden, "element"), caller(golden));
    InputStream in = new ByteArrayInputStream(Base64.getDecoder().decode(text(golden, "base64")));
    StreamHeader header = StreamHeader.read(in);
    assertThat(new StreamCipher(module)
            .opening(in, header, key(golden, KeyPurpose.ENCRYPT), context)
            .readAllBytes())
        .isEqualTo(expected);
  }

  /** The plaintext's byte i is 31 i mod 251. What was given to customers as wrapping key and name stays the same, too. */
  @ParameterizedTest
  @MethodSource("portables")
  void every_portable_message_ever_written_opens(JsonNode golden) {
    byte[] expected = new byte[golden.get("length").asInt()];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (byte) (i * 31 % 251);
    }
    PortableKey key = PortableKey.of(
        module, key(golden, KeyPurpose.ENCRYPT), text(golden, "tenant"), text(golden, "element"));
    DataContext context =
        new DataContext(text(golden, "tenant"), text(golden, "element"), caller(golden));
    assertThat(key.name()).isEqualTo(text(golden, "name"));
    assertThat(key.export(KeyAccess.toKeyMaterial())).isEqualTo(bytes(golden, "wrapping_key"));
    assertThat(new PortableCipher(module)
            .open(key, context, Base64.getDecoder().decode(text(golden, "base64"))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("tokens")
  void every_token_ever_written_is_made_and_taken_back_the_same(JsonNode golden) {
    Marking marking = Marking.valueOf(text(golden, "marking"));
    TokenFormat format = TokenFormat.parse(currentName(golden), marking);
    for (Ff1Engine engine : Ff1Engine.values()) {
      ElementTokenizer tokenizer = new TokenizerFactory(module, engine)
          .tokenizer(
              key(golden, KeyPurpose.TOKENIZE),
              text(golden, "tenant"),
              text(golden, "element"),
              format,
              marking);
      String value = text(golden, "value");
      String token = text(golden, "token");
      assertThat(tokenizer.tokenize(List.of(new TokenInput(value, caller(golden)))))
          .containsExactly(new TokenOutcome.Token(token));
      assertThat(tokenizer.detokenize(List.of(new TokenInput(token, caller(golden)))))
          .containsExactly(new TokenOutcome.Value(value));
    }
  }

  @ParameterizedTest
  @MethodSource("digests")
  void every_digest_ever_written_is_made_the_same(JsonNode golden) {
    BlindIndex index = BlindIndex.of(
        module, key(golden, KeyPurpose.INDEX), text(golden, "tenant"), text(golden, "element"));
    assertThat(index.digest(bytes(golden, "value"))).isEqualTo(text(golden, "digest"));
  }

  // What the first format called us-ssn is us-ssn:any since the second (docs/format.md). The tokens
  // are the same.
  private static String currentName(JsonNode golden) {
    String name = text(golden, "format");
    return name.equals("us-ssn") && !golden.has("since") ? "us-ssn:any" : name;
  }

  private static DataKey key(JsonNode golden, KeyPurpose purpose) {
    long keyset = Long.parseUnsignedLong(text(golden, "keyset"), 16);
    return DataKey.of(
        new KeyId(keyset, golden.get("version").asInt()), purpose, bytes(golden, "key"));
  }

  private static Map<String, String> caller(JsonNode golden) {
    Map<String, String> caller = new HashMap<>();
    golden
        .get("caller")
        .properties()
        .forEach(entry -> caller.put(entry.getKey(), entry.getValue().asText()));
    return caller;
  }

  private static String text(JsonNode golden, String field) {
    return golden.get(field).asText();
  }

  private static byte[] bytes(JsonNode golden, String field) {
    return HexFormat.of().parseHex(text(golden, field));
  }
}
