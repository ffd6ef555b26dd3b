package dev.phial.masking.lexicon;

/** What a word may mean, as a set of senses. */
public final class Lexicon {
  public static final int GIVEN = 1;
  public static final int SURNAME = 1 << 1;
  public static final int EVERYDAY = 1 << 2;
  public static final int FUNCTION = 1 << 3;
  public static final int TITLE = 1 << 4;
  public static final int MONTH = 1 << 5;
  public static final int STATE = 1 << 6;
  public static final int STREET = 1 << 7;
  public static final int CITY = 1 << 8;
  public static final int COUNTRY = 1 << 9;
  /** The last word of a phrase in {@link Keys}. */
  public static final int KEY = 1 << 10;
  /** Context: what stands near is about a person's birth, stay or death. */
  public static final int DEA = 1 << 11;

  public static final int PHONE = 1 << 12;
  public static final int PLACE = 1 << 13;
  public static final int CARD = 1 << 14;
  public static final int NPI = 1 << 15;
  public static final int VEHICLE = 1 << 16;
  public static final int SSN = 1 << 17;
  public static final int WEEKDAY = 1 << 18;
  /** A word before a person's name in a sentence. */
  public static final int CALL = 1 << 19;
  /** A word of boxes, units and military post. */
  public static final int BOX = 1 << 20;

  /** A segment of HL7 version 2. */
  public static final int HL7 = 1 << 21;

  public static final int WWW = 1 << 22;
  public static final int CORNER = 1 << 23;
  /** What a person does in the past or present, without the usual ending. */
  public static final int VERB = 1 << 24;
  /** The last word of a phrase in {@link Keys} that needs no sign between it and its value. */
  public static final int CUE = 1 << 25;

  /** A word with which values of SQL begin that stand apart from their names. */
  public static final int SQL = 1 << 25;

  public static final int NAME = GIVEN | SURNAME;

  /** Senses of words that can begin something, or end a key, also in lines of programs. */
  public static final int HOT =
      GIVEN | TITLE | MONTH | STREET | CITY | KEY | BOX | HL7 | WWW | CORNER | SQL;

  private static final LongTable SENSES = load();

  private Lexicon() {}

  /** The senses of a word by its hash; 0 when it is in no list. */
  public static int sense(long hash) {
    return SENSES.get(hash);
  }

  private static LongTable load() {
    LongTable table = new LongTable(1 << 13);
    list(table, "given.txt", GIVEN);
    list(table, "surname.txt", SURNAME);
    list(table, "everyday.txt", EVERYDAY);
    list(table, "function.txt", FUNCTION | EVERYDAY);
    list(table, "title.txt", TITLE);
    list(table, "month.txt", MONTH);
    list(table, "state.txt", STATE);
    list(table, "street.txt", STREET);
    list(table, "city.txt", CITY);
    list(table, "country.txt", COUNTRY);
    words(table, "dea prescriber registration controlled", DEA);
    words(
        table,
        "phone telephone tel mobile cell cellphone fax call calls called calling reach contact ring dial text sms"
            + " answering voicemail pager phones landline hotline office home",
        PHONE);
    words(table, "zip zipcode postal postcode address ship deliver mail lives live moved", PLACE);
    words(
        table, "card cards credit debit visa mastercard amex account acct pan maestro iban", CARD);
    words(table, "npi provider prescriber physician nppes", NPI);
    words(table, "vin vehicle car truck auto chassis", VEHICLE);
    words(table, "ssn social security tin itin taxpayer", SSN);
    words(table, "monday tuesday wednesday thursday friday saturday sunday", WEEKDAY);
    words(
        table,
        "hi hey hello dear name named names called call regards sincerely said says told asked shouted bye thanks"
            + " patient mr mrs ms dr prof by with and met saw seen",
        CALL);
    words(table, "www", WWW);
    words(
        table,
        "is was has had spent said told went got came ran felt thought left took wrote knew saw gave made met paid sent can will did does",
        VERB);
    words(table, "corner intersection", CORNER);
    words(table, "insert replace upsert parameter parameters", SQL);
    words(table, "msh pid pd1 nk1 gt1 in1 in2 in3 mrg pv1 pv2 obr obx orc", HL7);
    words(table, "box postbox pobox psc cmr apt apartment suite ste unit apo fpo dpo", BOX);
    Keys.lastWords(table);
    return table;
  }

  private static void list(LongTable table, String name, int sense) {
    WordList.lines(name).forEach(line -> words(table, line, sense));
  }

  private static void words(LongTable table, String words, int sense) {
    for (String word : words.split(" ", -1)) {
      if (!word.isEmpty()) {
        table.or(Hash.word(word), sense);
      }
    }
  }
}
