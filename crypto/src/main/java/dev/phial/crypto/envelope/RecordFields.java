package dev.phial.crypto.envelope;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The named fields of a record, in their one canonical encoding (docs/format.md): names ascend strictly, so that equal
 * fields have equal bytes and no name comes twice. A value is copied out when it is asked for, so that opening a record
 * for one field touches no other. Immutable; {@link #toString} shows no value.
 */
public final class RecordFields {
  /** The most fields of one record. */
  public static final int MAX_FIELDS = 4096;

  /** The most characters of a field's name: printable ASCII without the space. */
  public static final int MAX_NAME = 255;

  private final byte[] body;
  private final String[] names;
  private final int[] starts;

  private RecordFields(byte[] body, String[] names, int[] starts) {
    this.body = body;
    this.names = names;
    this.starts = starts;
  }

  /**
   * The fields of {@code values} by name. Values are copied and may be empty.
   *
   * @throws IllegalArgumentException when there are none or more than {@link #MAX_FIELDS}, a name is not 1 to {@link
   *     #MAX_NAME} printable ASCII characters, or all together are longer than {@link EnvelopeCipher#MAX_PLAINTEXT}
   */
  public static RecordFields of(Map<String, byte[]> values) {
    return new RecordWriter(values).write();
  }

  /**
   * Takes a body apart.
   *
   * @throws EnvelopeFormatException when it is not exactly what {@link #of} writes
   */
  static RecordFields parse(byte[] body) {
    return new RecordReader(body).read();
  }

  /** For the writer and the reader, who have checked everything. */
  static RecordFields checked(byte[] body, String[] names, int[] starts) {
    return new RecordFields(body, names, starts);
  }

  /** The names, ascending. */
  public List<String> names() {
    return List.of(names);
  }

  public int size() {
    return names.length;
  }

  /** A copy of the value of that name, if the record has it. */
  public Optional<byte[]> value(String name) {
    int at = Arrays.binarySearch(names, name);
    return at < 0 ? Optional.empty() : Optional.of(copy(at));
  }

  /** Gives every name with a copy of its value, ascending. */
  public void forEach(BiConsumer<String, byte[]> use) {
    for (int i = 0; i < names.length; i++) {
      use.accept(names[i], copy(i));
    }
  }

  private byte[] copy(int at) {
    int end = at + 1 < names.length
        ? starts[at + 1] - RecordWriter.FIELD_OVERHEAD - names[at + 1].length()
        : body.length;
    return Arrays.copyOfRange(body, starts[at], end);
  }

  /** The encoding itself, not a copy: for this package's eyes. */
  byte[] body() {
    return body;
  }

  /** Whether every character is printable ASCII and none a space: such text sorts as its bytes do. */
  static boolean isName(String name) {
    if (name.isEmpty() || name.length() > MAX_NAME) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) <= ' ' || name.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return "RecordFields[" + names.length + " fields, " + body.length + " bytes]";
  }
}
