package dev.phial.crypto.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.context.ContextKind;
import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.testing.Keys;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordCipherTest {
  private static final DataContext PATIENT = DataContext.of("north", "patient");

  private final FipsModule module = FipsModule.start();
  private final RecordCipher cipher = new RecordCipher(module);
  private final DataKey key = Keys.encrypt();

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private RecordFields reopened(RecordFields fields) {
    return cipher.open(key, PATIENT, SealedRecord.parse(cipher.seal(key, PATIENT, fields)));
  }

  @Test
  void each_field_comes_back_under_its_own_name() {
    Map<String, byte[]> values = new LinkedHashMap<>();
    values.put("ssn", utf8("536-27-8841"));
    values.put("given_name", utf8("Ada"));
    values.put("note", new byte[0]);
    RecordFields opened = reopened(RecordFields.of(values));
    assertThat(opened.names()).containsExactly("given_name", "note", "ssn");
    values.forEach((name, value) -> assertThat(opened.value(name)).hasValue(value));
  }

  @Test
  void a_subset_can_be_taken_and_a_name_that_is_not_there_is_nothing() {
    RecordFields opened = reopened(RecordFields.of(Map.of("a", utf8("1"), "b", utf8("2"))));
    assertThat(opened.value("b")).hasValue(utf8("2"));
    assertThat(opened.value("c")).isEmpty();
    assertThat(opened.value("")).isEmpty();
  }

  @Test
  void the_order_in_which_fields_were_given_does_not_show() {
    Map<String, byte[]> one = new LinkedHashMap<>();
    Map<String, byte[]> other = new LinkedHashMap<>();
    for (int i = 0; i < 64; i++) {
      one.put("field_" + i, new byte[] {(byte) i});
      other.put("field_" + (63 - i), new byte[] {(byte) (63 - i)});
    }
    assertThat(RecordFields.of(one).body()).isEqualTo(RecordFields.of(other).body());
  }

  @Test
  void random_records_open_to_what_was_sealed() {
    SplittableRandom random = new SplittableRandom(2);
    for (int round = 0; round < 200; round++) {
      Map<String, byte[]> values = new HashMap<>();
      for (int i = 1 + random.nextInt(80); i > 0; i--) {
        byte[] value = new byte[random.nextInt(300)];
        random.nextBytes(value);
        values.put("f" + random.nextInt(1000), value);
      }
      RecordFields opened = reopened(RecordFields.of(values));
      assertThat(opened.size()).isEqualTo(values.size());
      opened.forEach((name, value) -> assertThat(value).isEqualTo(values.get(name)));
      values.forEach((name, value) -> assertThat(opened.value(name)).hasValue(value));
    }
  }

  @Test
  void a_record_takes_4096_fields_and_names_of_255_characters_and_no_more() {
    Map<String, byte[]> most = new HashMap<>();
    for (int i = 0; i < RecordFields.MAX_FIELDS; i++) {
      most.put("f" + i, new byte[1]);
    }
    assertThat(reopened(RecordFields.of(most)).size()).isEqualTo(4096);
    most.put("one_more", new byte[1]);
    assertInvalid(most, "4096");
    String longest = "n".repeat(255);
    assertThat(reopened(RecordFields.of(Map.of(longest, new byte[1]))).names())
        .containsExactly(longest);
    assertInvalid(Map.of(longest + "n", new byte[1]), "255");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "é", "\u0000", "a\n", "\ud800", "\u007f", "名"})
  void a_name_that_is_not_printable_ASCII_is_refused_and_not_repeated(String name) {
    assertThatThrownBy(() -> RecordFields.of(Map.of(name, new byte[1])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a field's name has 1 to 255 printable ASCII characters and no space");
  }

  @Test
  void a_record_without_fields_and_one_over_the_limit_are_refused() {
    assertInvalid(Map.of(), "1 to 4096");
    byte[] half = new byte[EnvelopeCipher.MAX_PLAINTEXT / 2];
    assertInvalid(Map.of("a", half, "b", half), "at most");
  }

  private static void assertInvalid(Map<String, byte[]> values, String says) {
    assertThatThrownBy(() -> RecordFields.of(values))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(says);
  }

  @Test
  void neither_names_nor_values_nor_the_number_of_fields_show() {
    byte[] sealed =
        cipher.seal(key, PATIENT, RecordFields.of(Map.of("substance_use", utf8("yes"))));
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1))
        .doesNotContain("substance")
        .doesNotContain("yes");
    RecordFields fields = RecordFields.of(Map.of("substance_use", utf8("yes")));
    assertThat(fields).hasToString("RecordFields[1 fields, 23 bytes]");
  }

  /** The last field of one record's ciphertext in the place of another's: the whole record is refused. */
  @Test
  void a_field_swapped_in_from_another_record_is_refused() {
    byte[] one = cipher.seal(key, PATIENT, RecordFields.of(Map.of("a", utf8("1"), "b", utf8("2"))));
    byte[] two = cipher.seal(key, PATIENT, RecordFields.of(Map.of("a", utf8("3"), "b", utf8("4"))));
    for (int from = Layout.CIPHERTEXT_AT; from < one.length; from++) {
      byte[] mixed = one.clone();
      System.arraycopy(two, from, mixed, from, one.length - from);
      assertRefused(mixed);
    }
  }

  /** Renamed, moved and dropped, by someone who knows the plaintext and flips its bits, which GCM alone would follow. */
  @Test
  void a_field_renamed_moved_or_dropped_is_refused() {
    byte[] from = RecordFields.of(Map.of("a", utf8("1"), "b", utf8("2"))).body();
    byte[] renamed = RecordFields.of(Map.of("a", utf8("1"), "c", utf8("2"))).body();
    byte[] moved = RecordFields.of(Map.of("a", utf8("2"), "b", utf8("1"))).body();
    byte[] sealed = cipher.seal(key, PATIENT, RecordFields.parse(from));
    for (byte[] to : List.of(renamed, moved)) {
      byte[] changed = sealed.clone();
      for (int i = 0; i < from.length; i++) {
        changed[Layout.CIPHERTEXT_AT + i] ^= (byte) (from[i] ^ to[i]);
      }
      assertRefused(changed);
    }
    byte[] dropped = Arrays.copyOf(sealed, sealed.length - 7);
    dropped[Layout.CIPHERTEXT_AT + 1] ^= 3;
    assertRefused(dropped);
  }

  private void assertRefused(byte[] sealed) {
    assertThatThrownBy(() -> cipher.open(key, PATIENT, SealedRecord.parse(sealed)))
        .isInstanceOf(OpenFailedException.class);
  }

  @Test
  void a_record_of_another_name_is_refused() {
    byte[] sealed = cipher.seal(key, PATIENT, RecordFields.of(Map.of("a", utf8("1"))));
    assertThatThrownBy(
            () -> cipher.open(key, DataContext.of("north", "visit"), SealedRecord.parse(sealed)))
        .isInstanceOf(OpenFailedException.class);
  }

  @Test
  void the_texts_of_a_record_are_read_strictly() {
    byte[] sealed = cipher.seal(key, PATIENT, RecordFields.of(Map.of("a", utf8("1"))));
    String text = EnvelopeText.toText(sealed);
    assertThat(EnvelopeText.parseRecord(text).keyId()).isEqualTo(key.id());
    assertThat(EnvelopeText.parseRecord(EnvelopeText.toBase64(sealed)).keyId()).isEqualTo(key.id());
    assertThatThrownBy(() -> EnvelopeText.parseRecord(text + "="))
        .isInstanceOf(EnvelopeFormatException.class);
    assertThatThrownBy(() -> EnvelopeText.parse(text)).isInstanceOf(EnvelopeFormatException.class);
  }

  // Bodies that a holder of the key sealed, but no writer of ours.

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "00", // half a count
        "0000", // no fields
        "0001", // a field that is not there
        "000101", // a name's length and no name
        "00010161", // no value's length
        "000101610000", // half a value's length
        "00010161" + "00000001", // a value that is not there
        "00010161" + "00000000" + "00", // a byte too many
        "00010161" + "ffffffff", // a negative length
        "00010161" + "7fffffff", // a length beyond all memory
        "000100" + "00000000", // an empty name
        "000101e9" + "00000000", // a name that is not ASCII
        "00010120" + "00000000", // a space
        "0002" + "016200000000" + "016100000000", // names that descend
        "0002" + "016100000000" + "016100000000", // a name twice
        "0002" + "016100000000", // fewer fields than counted
        "0001" + "016100000000" + "016200000000", // more
        "1001" + "016100000000", // more than the limit
        "ffff" + "016100000000"
      })
  void an_authentic_record_that_is_not_canonical_is_refused(String hex) {
    byte[] body = HexFormat.of().parseHex(hex);
    byte[] sealed =
        new Sealing(module).seal(Form.RECORD, key, PATIENT.canonical(ContextKind.RECORD), body);
    assertThatThrownBy(() -> cipher.open(key, PATIENT, SealedRecord.parse(sealed)))
        .isInstanceOf(EnvelopeFormatException.class)
        .hasMessage("the record's fields are not in their canonical form");
  }

  @Test
  void changed_bodies_parse_to_canonical_fields_or_not_at_all() {
    byte[] body =
        RecordFields.of(Map.of("a", utf8("1"), "bc", utf8("22"), "d", utf8(""))).body();
    SplittableRandom random = new SplittableRandom(3);
    int refused = 0;
    for (int round = 0; round < 50_000; round++) {
      byte[] changed = Arrays.copyOf(body, body.length + random.nextInt(-6, 4));
      for (int i = random.nextInt(4); i >= 0; i--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      try {
        RecordFields fields = RecordFields.parse(changed);
        Map<String, byte[]> values = new HashMap<>();
        fields.names().forEach(name -> values.put(name, fields.value(name).orElseThrow()));
        assertThat(RecordFields.of(values).body()).isEqualTo(changed);
      } catch (EnvelopeFormatException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(1_000, 49_999);
  }

  @Test
  void the_body_is_written_as_the_format_says() {
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    expected.writeBytes(new byte[] {0, 2});
    expected.writeBytes(ByteBuffer.allocate(8)
        .put((byte) 2)
        .put(utf8("AB"))
        .putInt(1)
        .put((byte) 9)
        .array());
    expected.writeBytes(
        ByteBuffer.allocate(6).put((byte) 1).put(utf8("a")).putInt(0).array());
    assertThat(RecordFields.of(Map.of("a", new byte[0], "AB", new byte[] {9})).body())
        .isEqualTo(expected.toByteArray());
  }
}
