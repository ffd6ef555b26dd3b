package dev.phial.crypto.vaulted;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyId;
import dev.phial.crypto.key.KeyPurpose;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Stored rows that must open for ever (threat T51). They were made by another program from docs/format.md: when this test
 * fails, the code is wrong, not the file.
 */
class VaultedGoldenTest {
  private final FipsModule module = FipsModule.start();

  static Stream<JsonNode> rows() throws IOException {
    try (InputStream in = VaultedGoldenTest.class.getResourceAsStream("/golden/vaulted-v1.json")) {
      return StreamSupport.stream(new ObjectMapper().readTree(in).spliterator(), false);
    }
  }

  private static DataKey key(JsonNode row, KeyPurpose purpose) {
    long keyset = Long.parseUnsignedLong(row.get("keyset").asText(), 16);
    return DataKey.of(
        new KeyId(keyset, row.get("version").asInt()),
        purpose,
        HexFormat.of().parseHex(row.get("key").asText()));
  }

  private static Map<String, String> caller(JsonNode row) {
    Map<String, String> caller = new HashMap<>();
    row.get("caller")
        .properties()
        .forEach(e -> caller.put(e.getKey(), e.getValue().asText()));
    return caller;
  }

  private static byte[] value(JsonNode row) {
    return row.get("value").asText().getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void a_stored_row_opens(JsonNode row) {
    DataContext context =
        new DataContext(row.get("tenant").asText(), row.get("element").asText(), caller(row));
    assertThat(new VaultedCipher(module)
            .open(
                key(row, KeyPurpose.ENCRYPT),
                context,
                row.get("token").asText(),
                row.get("sealed").asText()))
        .isEqualTo(value(row));
    assertThat(VaultedCipher.keyId(row.get("sealed").asText()).version()).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void a_value_finds_its_token(JsonNode row) {
    VaultedLookup lookup = VaultedLookup.of(
        module,
        key(row, KeyPurpose.TOKENIZE),
        row.get("tenant").asText(),
        row.get("element").asText());
    assertThat(lookup.digest(caller(row), value(row)))
        .isEqualTo(row.get("digest").asText());
  }
}
