package dev.phial.crypto.deid;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeneralizerTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 27);
  private static final Zip3 ZIP = new Zip3(ZipAreas.census2000());

  /** The text, {@code removed}, or {@code refused}. */
  private static String outcome(Generalizer rule, String text) {
    Generalized outcome = rule.apply(text, TODAY);
    if (outcome instanceof Generalized.Coarse coarse) {
      return coarse.text();
    }
    return outcome instanceof Generalized.Removed ? "removed" : "refused";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "036", "059", "063", "102", "203", "556", "692", "790", "821", "823", "830", "831", "878",
        "879", "884", "890", "893"
      })
  void each_of_the_seventeen_areas_of_the_2000_census_is_hidden(String area) {
    assertThat(outcome(ZIP, area)).isEqualTo("000");
    assertThat(outcome(ZIP, area + "01")).isEqualTo("000");
    assertThat(outcome(ZIP, area + "99-1234")).isEqualTo("000");
    assertThat(outcome(ZIP, area + "991234")).isEqualTo("000");
  }

  @Test
  void every_other_area_keeps_three_digits() {
    List<String> hidden = IntStream.range(1, 1000)
        .mapToObj(area -> String.format("%03d", area))
        .filter(area -> outcome(ZIP, area + "55").equals("000"))
        .toList();
    assertThat(hidden).hasSize(17);
    assertThat(outcome(ZIP, "02139")).isEqualTo("021");
    assertThat(outcome(ZIP, "98926-1234")).isEqualTo("989");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2139",
        "0213",
        "021390",
        "02139-12",
        "02139 1234",
        "V6B 1A1",
        "０２１３９",
        "abc",
        "-0213"
      })
  void what_is_no_zip_code_is_refused(String text) {
    assertThat(outcome(ZIP, text)).isEqualTo("refused");
  }

  @Test
  void an_area_is_shown_when_more_than_twenty_thousand_live_there() {
    ZipAreas areas = ZipAreas.parse(
        "census: 2020-04-01\nsource: a table\nareas: all\n021 20001\n022 20000\n023 19999\n");
    Zip3 zip = new Zip3(areas);
    assertThat(outcome(zip, "02139")).isEqualTo("021");
    assertThat(outcome(zip, "02239")).isEqualTo("000");
    assertThat(outcome(zip, "02339")).isEqualTo("000");
    assertThat(outcome(zip, "02439")).as("not in the table").isEqualTo("000");
    assertThat(areas.toString()).contains("2020-04-01");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "036",
        "census: 2000-04-01\nareas: few\n036",
        "census: 2000\nsource: x\nareas: few\n036",
        "census: 2000-04-01\nsource: x\nareas: some\n036",
        "census: 2000-04-01\nsource: x\nareas: few\n036 100",
        "census: 2000-04-01\nsource: x\nareas: all\n036",
        "census: 2000-04-01\nsource: x\nareas: few\n036\n036",
        "census: 2000-04-01\nsource: x\nareas: few\n0361",
        "census: 2000-04-01\nsource: x\nareas: few\n036\nareas: all",
        "census: 2000-04-01\nsource: x\nareas: few\n"
      })
  void a_file_of_areas_that_could_be_misread_is_refused(String text) {
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> ZipAreas.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_list_says_which_census_and_whose_figures() {
    ZipAreas areas = ZipAreas.census2000();
    assertThat(areas.census()).isEqualTo("2000-04-01");
    assertThat(areas.source()).contains("Census 2000");
    assertThat(areas.listed()).hasSize(17);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "0.5,0",
    "47,47",
    "88,88",
    "89,89",
    "89.99,89",
    "90,90+",
    "90.0,90+",
    "91,90+",
    "120,90+",
    "999,90+",
    "90+,90+"
  })
  void ages_over_89_are_in_one_category(String age, String wanted) {
    assertThat(outcome(new AgeCap(Over89.MARKER), age)).isEqualTo(wanted);
  }

  @ParameterizedTest
  @CsvSource({"89,NUMBER,89", "91,NUMBER,90", "90,NUMBER,90", "90,REDACT,removed", "89,REDACT,89"})
  void a_field_may_want_the_category_as_a_number_or_not_at_all(
      String age, Over89 over, String wanted) {
    assertThat(outcome(new AgeCap(over), age)).isEqualTo(wanted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "old", "1e2", "4711", "9 0", "90 +", "NaN", "0x50", "９１"})
  void what_is_no_age_is_refused(String text) {
    assertThat(outcome(new AgeCap(Over89.MARKER), text)).isEqualTo("refused");
  }

  @ParameterizedTest
  @CsvSource({
    "1937-01-01,1937", // 89, and nobody born in 1937 is 90 this year
    "1937-12-31,1937",
    "1937,1937",
    "1936-12-31,90+", // 89 today, but of the people of 1936 most are 90
    "1936-01-01,90+",
    "1936,90+",
    "1935-06-15,90+",
    "19350615,90+",
    "20090730,2009",
    "07/30/2009,2009",
    "2026-11-27T10:00:00Z,2026",
    "2030-01-01,2030",
    "90+,90+"
  })
  void a_year_of_birth_stays_while_nobody_of_it_is_over_89(String date, String wanted) {
    assertThat(outcome(new BirthYear(Over89.MARKER), date)).isEqualTo(wanted);
  }

  @Test
  void a_birth_date_over_89_can_be_removed_where_no_category_fits() {
    assertThat(outcome(new BirthYear(Over89.REDACT), "1936-12-31")).isEqualTo("removed");
  }

  @ParameterizedTest
  @CsvSource({
    "YEAR,2024-02-29T10:00:00+01:00,2024",
    "YEAR,20240229103059,2024",
    "YEAR,02/29/2024,2024",
    "YEAR,2024,2024",
    "MONTH,2024-02-29T10:00:00Z,2024-02",
    "MONTH,20240229,202402",
    "MONTH,02/29/2024,02/2024",
    "MONTH,2024,2024",
    "QUARTER,2024-01-31,2024-Q1",
    "QUARTER,2024-03-31,2024-Q1",
    "QUARTER,2024-04-01,2024-Q2",
    "QUARTER,20241231,2024-Q4",
    "QUARTER,2024,2024",
    "YEAR,2023-02-29,refused",
    "MONTH,yesterday,refused",
    "YEAR,2024-Q1,refused"
  })
  void dates_lose_what_is_finer(DateCoarsening rule, String date, String wanted) {
    assertThat(outcome(rule, date)).isEqualTo(wanted);
  }

  @ParameterizedTest
  @CsvSource({
    "10,172,170",
    "10,175,180",
    "10,-175,-180",
    "5,36.6,35",
    "1,36.6,37",
    "1000,499.999,0",
    "10,0,0",
    "10,-4,0"
  })
  void numbers_become_the_nearest_multiple(int step, String number, String wanted) {
    assertThat(outcome(new NumberSteps(step), number)).isEqualTo(wanted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1e9", "1,5", "+1", "1.", ".5", "1234567890123456789", "NaN"})
  void what_is_no_number_is_refused(String text) {
    assertThat(outcome(new NumberSteps(10), text)).isEqualTo("refused");
  }

  @Test
  void what_was_made_coarser_stays_as_it_is() {
    List<Generalizer> rules = List.of(
        ZIP,
        new AgeCap(Over89.MARKER),
        new AgeCap(Over89.NUMBER),
        new BirthYear(Over89.MARKER),
        DateCoarsening.YEAR,
        DateCoarsening.QUARTER,
        DateCoarsening.MONTH,
        new NumberSteps(7));
    List<String> values = List.of(
        "02139", "03601-1234", "12", "91", "1936-12-31", "1990-05-05", "20200102", "12/31/1999");
    for (Generalizer rule : rules) {
      for (String value : values) {
        String once = outcome(rule, value);
        if (!once.equals("refused")) {
          assertThat(outcome(rule, once)).as(rule.rule()).isEqualTo(once);
        }
      }
    }
  }

  @Test
  void a_refusal_says_what_the_rule_takes_and_never_the_value() {
    for (Generalizer rule : List.<Generalizer>of(
        ZIP,
        new AgeCap(Over89.MARKER),
        new BirthYear(Over89.MARKER),
        DateCoarsening.MONTH,
        new NumberSteps(1))) {
      Generalized outcome = rule.apply("Achterberg", TODAY);
      assertThat(outcome).isInstanceOfSatisfying(Generalized.Invalid.class, invalid -> {
        assertThat(invalid.why()).startsWith("takes a").doesNotContain("Achterberg");
      });
    }
  }
}
