package dev.phial.masking.structure;

import dev.phial.masking.Identifier;
import dev.phial.masking.detect.Findings;
import dev.phial.masking.detect.Nested;
import dev.phial.masking.detect.TextScanner;
import dev.phial.masking.detect.UserRule;
import dev.phial.masking.lexicon.Hash;
import dev.phial.masking.lexicon.KeyBindings;
import dev.phial.masking.lexicon.Keys;
import dev.phial.masking.scan.Bytes;
import dev.phial.masking.scan.Decoding;
import dev.phial.masking.scan.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads events of any shape and finds what is in them. Reused from event to event; confined to a thread. */
public final class EventReader implements Nested {
  private static final long KEY = Hash.word("key");
  private static final long NAME = Hash.word("name");

  private final Findings findings;
  private final TextScanner scanner;
  private final Hl7Reader hl7;
  private final List<JsonReader> readers = new ArrayList<>();
  private final long[] words = new long[8];

  /**
   * @param bindings the policy's keys
   * @param rules the policy's own rules
   * @param values whether findings keep their values
   */
  public EventReader(KeyBindings bindings, List<UserRule> rules, boolean values) {
    this.findings = new Findings(values);
    this.scanner = new TextScanner(findings, bindings, rules, this);
    this.hl7 = new Hl7Reader(scanner);
  }

  /** What is in an event; good until the next call. */
  public Findings read(String key, byte[] content) {
    findings.clear();
    scanner.begin();
    Text text = Decoding.plain(Text.of(content));
    if (key.isEmpty()) {
      event(text);
    } else {
      scanner.value(text, 0, text.length(), meaning(key), 0);
    }
    findings.settle();
    return findings;
  }

  private int meaning(String key) {
    byte[] b = key.getBytes(StandardCharsets.UTF_8);
    return scanner.meaning(words, Keys.split(b, 0, b.length, words, 0));
  }

  private void event(Text text) {
    byte[] b = text.bytes();
    int n = text.length();
    int from = 0;
    while (from < n && Bytes.isSpace(b[from])) {
      from++;
    }
    if (from < n
        && (b[from] == '{'
            || (b[from] == '[' && from + 1 < n && (b[from + 1] == '{' || b[from + 1] == '"')))) {
      int end = json(text, from, n, 0);
      if (end != NONE) {
        scanner.read(text, end, n, false, 0);
        return;
      }
    }
    scanner.read(text, 0, n, true, 0);
  }

  @Override
  public int json(Text text, int from, int to, int depth) {
    int level = Math.min(depth, TextScanner.DEEPEST);
    while (readers.size() <= level) {
      readers.add(new JsonReader());
    }
    int before = findings.count();
    int end = readers.get(level).read(text, from, to, new Values(text, level));
    if (end == NONE) {
      findings.cutTo(before);
    }
    return end;
  }

  @Override
  public int hl7(Text text, int from, int to, int depth) {
    return hl7.read(text, from, to, depth);
  }

  /** Hands a document's values to the scanner, each with what its path says. */
  private final class Values implements JsonReader.Leaves {
    private final Text text;
    private final int depth;

    Values(Text text, int depth) {
      this.text = text;
      this.depth = depth;
    }

    @Override
    public void string(JsonPath path, int from, int to, boolean coded) {
      noted(path, from, to);
      if (path.resource() != 0) {
        if (fhir(path, from, to)) {
          return;
        }
        inside(from, to, coded, Keys.UNKNOWN);
        return;
      }
      inside(from, to, coded, scanner.meaning(words, path.words(words)));
    }

    private void inside(int from, int to, boolean coded, int meaning) {
      if (depth >= TextScanner.DEEPEST) {
        scanner.read(text, from, to, false, depth);
      } else if (coded) {
        Text decoded = Decoding.plain(Decoding.backslashes(text, from, to));
        scanner.value(decoded, 0, decoded.length(), meaning, depth + 1);
      } else {
        scanner.value(text, from, to, meaning, depth + 1);
      }
    }

    private void noted(JsonPath path, int from, int to) {
      if (!path.inObject()) {
        return;
      }
      long own = path.named(0);
      if (own == KEY || own == NAME) {
        path.pair(from, to);
      } else if (own == Fhir.RESOURCE_TYPE) {
        path.resource(Hash.word(text.bytes(), from, to));
      } else if (own == Fhir.URL || own == Fhir.SYSTEM) {
        path.note(Fhir.note(text.part(from, to)));
      }
    }

    /** Whether FHIR says what the value is. */
    private boolean fhir(JsonPath path, int from, int to) {
      byte[] b = text.bytes();
      if (from == to || Fhir.stamp(path)) {
        return true;
      }
      @Nullable Identifier kind = Fhir.place(path, b, from, to);
      if (kind == null && Fhir.date(b, from, to)) {
        kind = Identifier.DATE;
      }
      if (kind != null) {
        findings.add(text, Fhir.refers(path) ? Fhir.identity(b, from, to) : from, to, kind);
        return true;
      }
      return Fhir.defined(path, b, from, to);
    }

    @Override
    public void bare(JsonPath path, int from, int to) {
      int quote = path.quoteFrom();
      int quoteEnd = path.quoteTo();
      if (path.resource() != 0) {
        Identifier kind = Fhir.place(path, text.bytes(), from, to);
        if (kind != null) {
          findings.addBare(text, from, to, kind, Findings.UNBOUND, quote, quoteEnd);
        }
        return;
      }
      scanner.bare(text, from, to, scanner.meaning(words, path.words(words)), quote, quoteEnd);
    }

    /** A name can hold what a value should: {@code {"ann@example.org": 1}}. */
    @Override
    public void name(JsonPath path, int from, int to) {
      byte[] b = text.bytes();
      int digits = 0;
      for (int i = from; i < to; i++) {
        digits += Bytes.isDigit(b[i]) ? 1 : 0;
        if (b[i] == '@' || digits > 6) {
          scanner.read(text, from, to, false, TextScanner.DEEPEST);
          return;
        }
      }
    }
  }
}
