package dev.phial.masking.structure;

import dev.phial.masking.Identifier;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where HL7 version 2 has identifiers: by segment, field and component (chapters 2A, 3, 4, 6 of the standard). */
final class Hl7 {

  /** What the components of a field are. */
  enum Type {
    /** XPN, and XCN from its second component on. */
    NAME(Identifier.NAME, 1, 2, 3),
    /** XCN: a number, then a name. */
    PERSON(Identifier.NAME, 1, 2, 3, 4),
    /** XAD. */
    ADDRESS(Identifier.GEO, 1, 2, 3, 5, 8, 9, 19),
    PLACE(Identifier.GEO, 1, 2),
    /** XTN. */
    PHONE(Identifier.PHONE, 1, 4, 5, 6, 7, 8, 9, 12),
    /** CX. */
    RECORD(Identifier.MRN, 1),
    ACCOUNT(Identifier.ACCOUNT, 1),
    SSN(Identifier.SSN, 1),
    LICENSE(Identifier.LICENSE, 1),
    PLAN(Identifier.HEALTH_PLAN, 1),
    NUMBER(Identifier.OTHER, 1),
    /** TS, DTM, DT. */
    DATE(Identifier.DATE, 1),
    /** An address is found by its form. */
    TEXT(Identifier.OTHER);

    private final Identifier identifier;
    private final long components;

    Type(Identifier identifier, int... components) {
      this.identifier = identifier;
      long bits = 0;
      for (int component : components) {
        bits |= 1L << component;
      }
      this.components = bits;
    }

    Identifier identifier(int component) {
      if (this == PHONE && component == 4) {
        return Identifier.EMAIL;
      }
      return this == PERSON && component == 1 ? Identifier.OTHER : identifier;
    }

    boolean has(int component) {
      return component < 64 && (components >> component & 1) != 0;
    }
  }

  private static final Map<String, @Nullable Type[]> SEGMENTS = new HashMap<>();

  static {
    segment(
        "PID",
        "2 record, 3 record, 4 record, 5 name, 6 name, 7 date, 9 name, 11 address, 12 place, 13 phone, 14 phone, 18 account, 19 ssn, 20 license, 21 record, 23 place, 29 date, 33 date, 40 phone");
    segment("PD1", "4 person, 3 number");
    segment(
        "NK1",
        "2 name, 4 address, 5 phone, 6 phone, 8 date, 9 date, 12 number, 16 date, 26 name, 30 name, 31 phone, 32 address, 33 number, 37 ssn, 40 phone");
    segment(
        "GT1",
        "2 account, 3 name, 4 name, 5 address, 6 phone, 7 phone, 8 date, 12 ssn, 13 date, 14 date, 16 name, 17 address, 18 phone, 19 number, 29 number, 42 name, 45 name, 46 phone, 57 phone");
    segment(
        "IN1",
        "2 number, 8 plan, 12 date, 13 date, 16 name, 18 date, 19 address, 24 date, 26 date, 29 date, 30 person, 36 plan, 44 address, 49 plan, 52 place");
    segment(
        "IN2",
        "1 number, 2 ssn, 3 person, 6 plan, 7 name, 8 plan, 9 name, 10 plan, 22 name, 25 plan, 26 plan, 40 name, 42 date, 44 date, 49 name, 50 phone, 52 name, 58 phone, 61 plan, 62 plan, 63 phone, 64 phone");
    segment("MRG", "1 record, 2 record, 3 account, 4 record, 5 record, 6 record, 7 name");
    segment(
        "PV1",
        "5 number, 7 person, 8 person, 9 person, 17 person, 19 number, 44 date, 45 date, 50 number, 52 person");
    segment(
        "PV2", "8 date, 9 date, 13 person, 14 date, 17 date, 33 date, 46 date, 47 date, 48 date");
    segment("EVN", "5 person");
    segment(
        "ORC",
        "2 number, 3 number, 9 date, 10 person, 11 person, 12 person, 14 phone, 15 date, 19 person, 23 phone, 24 address, 27 date");
    segment(
        "OBR",
        "2 number, 3 number, 6 date, 7 date, 8 date, 10 person, 14 date, 16 person, 17 phone, 22 date, 28 person, 32 person, 33 person, 34 person, 35 person, 36 date");
    segment("OBX", "14 date, 16 person, 17 number, 19 date, 23 text, 24 address, 25 person");
    segment("ROL", "4 person, 5 date, 6 date, 11 address, 12 phone");
    segment("DG1", "5 date, 16 person, 19 date");
    segment("PR1", "5 date, 8 person, 11 person, 12 person");
    segment("AL1", "6 date");
    segment("IAM", "11 date, 13 date, 14 name, 16 phone, 18 person, 20 date");
    segment("ACC", "1 date, 3 place, 11 address");
    segment(
        "SCH",
        "1 number, 2 number, 12 person, 13 phone, 14 address, 16 person, 17 phone, 18 address, 20 person, 21 phone");
    segment("AIP", "3 person, 6 date");
    segment("AIG", "3 number, 8 date");
    segment("AIL", "6 date");
    segment("AIS", "4 date");
    segment(
        "TXA",
        "4 date, 5 person, 6 date, 7 date, 8 date, 9 person, 10 person, 11 person, 12 number, 13 number, 22 person");
    segment("RXA", "3 date, 4 date, 10 person, 15 number, 16 date");
    segment("RXE", "13 person, 15 number, 32 date");
    segment("RXO", "14 person");
    segment("FT1", "2 number, 4 date, 5 date, 20 person, 21 person, 23 number");
    segment("CTD", "2 name, 3 address, 5 phone, 7 number");
    segment("PRD", "2 name, 3 address, 5 phone, 7 number, 8 date, 9 date");
    segment("SPM", "2 number, 17 date, 18 date");
    segment("SAC", "3 number, 4 number, 7 date");
    segment("PDA", "3 text, 5 person, 8 date");
    segment("UB2", "7 date");
    segment("AUT", "1 plan, 4 date, 5 date, 6 plan");
    segment("TQ1", "7 date, 8 date");
    segment("ARV", "6 date");
    segment("STF", "2 number, 3 name, 6 date, 10 phone, 11 address, 12 date, 13 date");
    segment("GOL", "2 date, 7 date");
    segment("PRB", "2 date, 7 date, 8 date, 9 date, 15 date, 16 date");
    segment("RF1", "6 number, 7 date, 8 date, 9 date");
    segment("PTH", "6 date");
    segment("VAR", "2 date, 3 date, 4 person");
    segment("QRD", "8 person");
    segment("ZPI", "");
    segment("NTE", "");
    segment("MSH", "");
    segment("SFT", "");
    segment("DB1", "3 number, 5 date, 6 date, 7 date");
    segment("CON", "13 date, 14 date, 24 person");
  }

  private Hl7() {}

  private static void segment(String id, String fields) {
    @Nullable Type[] types = new @Nullable Type[80];
    for (String field : fields.isEmpty() ? List.<String>of() : List.of(fields.split(", ", -1))) {
      int space = field.indexOf(' ');
      types[Integer.parseInt(field.substring(0, space))] =
          Type.valueOf(field.substring(space + 1).toUpperCase(Locale.ROOT));
    }
    SEGMENTS.put(id, types);
  }

  static boolean known(String id) {
    return SEGMENTS.containsKey(id);
  }

  /** What a field is; null when its text must be read. */
  static @Nullable Type field(String segment, int field) {
    @Nullable Type[] types = SEGMENTS.get(segment);
    return types == null || field >= types.length ? null : types[field];
  }
}
