package dev.phial.gateway.cli;

import dev.phial.masking.Identifier;
import dev.phial.masking.LogEvent;
import dev.phial.masking.Masked;
import dev.phial.masking.treat.PolicyMasker;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** CSV (RFC 4180) whose first line names the columns: each field is masked by its column's name. Immutable. */
final class MaskCsv {
  private final List<String> names;
  private final byte comma;

  private MaskCsv(List<String> names, byte comma) {
    this.names = List.copyOf(names);
    this.comma = comma;
  }

  /** The columns that a line names; its separator is whichever of comma, semicolon and tab is most frequent. */
  static MaskCsv header(byte[] line) {
    byte comma = ',';
    for (byte candidate : new byte[] {';', '\t'}) {
      if (count(line, candidate) > count(line, comma)) {
        comma = candidate;
      }
    }
    List<String> names = new ArrayList<>();
    for (byte[] field : split(line, comma)) {
      names.add(new String(bare(field), StandardCharsets.UTF_8).strip());
    }
    return new MaskCsv(names, comma);
  }

  Masked mask(PolicyMasker masker, byte[] line) {
    Map<Identifier, Integer> found = new EnumMap<>(Identifier.class);
    ByteArrayOutputStream out = new ByteArrayOutputStream(line.length + 32);
    List<byte[]> fields = split(line, comma);
    for (int i = 0; i < fields.size(); i++) {
      if (i > 0) {
        out.write(comma);
      }
      byte[] field = fields.get(i);
      boolean quoted = field.length >= 2 && field[0] == '"' && field[field.length - 1] == '"';
      Masked masked =
          masker.maskNow(new LogEvent(i < names.size() ? names.get(i) : "", bare(field)));
      masked.found().forEach((identifier, count) -> found.merge(identifier, count, Integer::sum));
      if (!(masked instanceof Masked.Event event)) {
        return new Masked.Dropped(found);
      }
      byte[] quote = quoted ? new byte[] {'"'} : new byte[0];
      out.writeBytes(quote);
      out.writeBytes(event.content());
      out.writeBytes(quote);
    }
    return new Masked.Event(out.toByteArray(), found);
  }

  private static int count(byte[] line, byte b) {
    int n = 0;
    for (byte c : line) {
      n += c == b ? 1 : 0;
    }
    return n;
  }

  /** The fields as they stand, with their quotes. */
  private static List<byte[]> split(byte[] line, byte comma) {
    List<byte[]> fields = new ArrayList<>();
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i <= line.length; i++) {
      if (i < line.length && line[i] == '"') {
        quoted = !quoted;
      }
      if (i == line.length || (line[i] == comma && !quoted)) {
        fields.add(Arrays.copyOfRange(line, start, i));
        start = i + 1;
      }
    }
    return fields;
  }

  private static byte[] bare(byte[] field) {
    boolean quoted = field.length >= 2 && field[0] == '"' && field[field.length - 1] == '"';
    return quoted ? Arrays.copyOfRange(field, 1, field.length - 1) : field;
  }
}
