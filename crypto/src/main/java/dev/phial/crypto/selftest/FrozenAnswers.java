package dev.phial.crypto.selftest;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.envelope.Envelope;
import dev.phial.crypto.envelope.EnvelopeCipher;
import dev.phial.crypto.envelope.EnvelopeText;
import dev.phial.crypto.envelope.OpenFailedException;
import dev.phial.crypto.envelope.RecordCipher;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fpe.Ff1Engine;
import dev.phial.crypto.index.BlindIndex;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyId;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.token.ElementTokenizer;
import dev.phial.crypto.token.Marking;
import dev.phial.crypto.token.TokenFormat;
import dev.phial.crypto.token.TokenInput;
import dev.phial.crypto.token.TokenOutcome;
import dev.phial.crypto.token.TokenizerFactory;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers that this library gave once and has to give for ever: one of each kind out of the golden files of its tests. The keys
 * protect nothing.
 */
final class FrozenAnswers {
  private static final String TENANT = "north";
  private static final String VALUE = "416461204578616d706c65";
  private static final String ENVELOPE_KEY =
      "03080d12171c21262b30353a3f44494e53585d62676c71767b80858a8f94999e";
  private static final String ENVELOPE =
      "phial:v1:UEhMAQH__________wAAAAPtwkBHm_aQfDeagkl32mzk4iPnbOJ3dfZvtwJkbxRVezVyNYe"
          + "MOCBzfy8ptrQXUq2ySFBsnZCaIWIaiI5ryfk4S7o3KHQm7Tw0pqSW5viSIFeegA";
  private static final String RECORD_KEY =
      "6f7a85909ba6b1bcc7d2dde8f3fe09141f2a35404b56616c77828d98a3aeb9c4";
  private static final String RECORD =
      "phial:v1:UEhMAgEDBgkMDxIVGAAAAAMX_wGq6UpFl3GKHOcgPgVcOClHM05_3F9XyhRGF5gXkVU2slO"
          + "SC4h-2fqPAdhCUpb8dshW9RsTHnKWO7jIMeSNkDibrpU4mmojANEiA3f0ObB16pZYdBKYMPgUdB49Pl6"
          + "B3f8zv9vbOWtFwA6_ZqqlNvVCnnVgMg";
  private static final String TOKEN_KEY =
      "656a6f74797e83888d92979ca1a6abb0b5babfc4c9ced3d8dde2e7ecf1f6fb00";
  private static final String INDEX_KEY =
      "cacfd4d9dee3e8edf2f7fc01060b10151a1f24292e33383d42474c51565b6065";
  private static final String DIGEST = "ix1:gOMEZYD_x_hZIAB_gi6jeWj0XyKNmpXlWQEtsywF4jo";

  private FrozenAnswers() {}

  static boolean envelopeOpens(FipsModule module) {
    byte[] opened = new EnvelopeCipher(module)
        .open(envelopeKey(), context("given_name"), EnvelopeText.parse(ENVELOPE));
    return Arrays.equals(opened, hex(VALUE));
  }

  static boolean changedIsRefused(FipsModule module) {
    byte[] changed =
        Base64.getUrlDecoder().decode(ENVELOPE.substring(ENVELOPE.lastIndexOf(':') + 1));
    changed[changed.length - 1] ^= 1;
    try {
      new EnvelopeCipher(module)
          .open(envelopeKey(), context("given_name"), Envelope.parse(changed));
      return false;
    } catch (OpenFailedException e) {
      return true;
    }
  }

  static boolean recordOpens(FipsModule module) {
    DataKey key = key(0x0306090c0f121518L, 3, KeyPurpose.ENCRYPT, RECORD_KEY);
    Optional<byte[]> value = new RecordCipher(module)
        .open(key, context("patient"), EnvelopeText.parseRecord(RECORD))
        .value("Z");
    return value.isPresent() && Arrays.equals(value.get(), hex("00ff"));
  }

  static boolean tokenIsMade(FipsModule module) {
    return Arrays.stream(Ff1Engine.values()).allMatch(engine -> tokenIsMade(module, engine));
  }

  private static boolean tokenIsMade(FipsModule module, Ff1Engine engine) {
    DataKey key = key(0x0102030405060708L, 1, KeyPurpose.TOKENIZE, TOKEN_KEY);
    ElementTokenizer tokenizer = new TokenizerFactory(module, engine)
        .tokenizer(
            key, TENANT, "mrn", TokenFormat.parse("digits:7..12", Marking.PLAIN), Marking.PLAIN);
    TokenInput value = new TokenInput("1234567", Map.of());
    return tokenizer.tokenize(List.of(value)).equals(List.of(new TokenOutcome.Token("1237097")));
  }

  static boolean digestIsMade(FipsModule module) {
    DataKey key = key(9L, 2, KeyPurpose.INDEX, INDEX_KEY);
    return BlindIndex.of(module, key, TENANT, "ssn")
        .digest(hex("416461204578616d706c65"))
        .equals(DIGEST);
  }

  private static DataKey envelopeKey() {
    return key(0xffffffffffffffffL, 3, KeyPurpose.ENCRYPT, ENVELOPE_KEY);
  }

  private static DataKey key(long keyset, int version, KeyPurpose purpose, String material) {
    return DataKey.of(new KeyId(keyset, version), purpose, hex(material));
  }

  private static DataContext context(String element) {
    return DataContext.of(TENANT, element);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
