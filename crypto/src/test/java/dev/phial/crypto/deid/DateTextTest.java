package dev.phial.crypto.deid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024",
        "2024-02",
        "2024-02-29",
        "0001-01-01",
        "9999-12-31",
        "2015-02-07T13:28:17-05:00",
        "2015-02-07T13:28:17.239Z",
        "2015-02-07T13:28:17.239000000000000001+14:00",
        "2016-12-31T23:59:60Z",
        "2015-02-07T13:28",
        "202402",
        "20240229",
        "2024022910",
        "202402291030",
        "20240229103059",
        "20240229103059.1234",
        "20240229103059.1234-0500",
        "20240229+0100",
        "02/29/2024",
        "02/2024"
      })
  void a_date_is_written_as_it_was_read(String text) {
    assertThat(DateText.parse(text))
        .hasValueSatisfying(date -> assertThat(date.text()).isEqualTo(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "0000",
        "0000-01-01",
        "2023-02-29",
        "1900-02-29",
        "2024-13",
        "2024-00-10",
        "2024-1-5",
        "2024-02-30",
        "202413",
        "20240230",
        "20230229103000",
        "2024-02-29T24:00:00Z",
        "2024-02-29T10:60:00Z",
        "2024-02-29T10:00:00+1:00",
        "2024-02-29 10:00:00",
        "2024-02-29T",
        "29.02.2024",
        "2/9/2024",
        "13/01/2024",
        "02/29/24",
        "02/29/2023",
        "240229",
        "1",
        "12024-02-29",
        "-2024",
        "2024-02-29\n",
        "２０２４",
        "2024-02-29T10:00:00.1234567890123456789Z",
        "unknown"
      })
  void what_is_no_date_is_not_taken_for_one(String text) {
    assertThat(DateText.parse(text)).isEmpty();
  }

  @Test
  void a_text_of_ten_megabytes_is_refused_without_being_looked_at() {
    assertThat(DateText.parse("2".repeat(10 << 20))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2024-02-28,1,2024-02-29",
    "2023-02-28,1,2023-03-01",
    "2024-03-01,-1,2024-02-29",
    "2000-02-29,365,2001-02-28",
    "1999-12-31,1,2000-01-01",
    "2015-02-07T13:28:17.239+02:00,-38,2014-12-31T13:28:17.239+02:00",
    "20240229103059.1-0500,366,20250301103059.1-0500",
    "12/31/2024,1,01/01/2025"
  })
  void only_the_day_moves_and_the_form_stays(String text, int days, String moved) {
    assertThat(DateText.parse(text).flatMap(date -> date.plusDays(days)).map(DateText::text))
        .contains(moved);
  }

  @ParameterizedTest
  @CsvSource({"9999-12-31,1", "0001-01-01,-1", "9999-06-01,3650", "0005-01-01,-3650"})
  void a_date_does_not_leave_the_years_that_can_be_written(String text, int days) {
    assertThat(DateText.parse(text).orElseThrow().plusDays(days)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2024", "2024-02", "202402", "02/2024"})
  void what_has_no_day_is_not_moved(String text) {
    DateText date = DateText.parse(text).orElseThrow();
    assertThatThrownBy(() -> date.plusDays(1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void every_day_of_four_hundred_years_comes_back_from_every_form() {
    for (LocalDate day = LocalDate.of(1800, 1, 1); day.getYear() < 2200; day = day.plusDays(1)) {
      String iso = day.toString();
      String us = iso.substring(5, 7) + "/" + iso.substring(8) + "/" + iso.substring(0, 4);
      for (String text : new String[] {iso, iso.replace("-", ""), us}) {
        DateText moved = DateText.parse(text).orElseThrow().plusDays(1234).orElseThrow();
        DateText back =
            DateText.parse(moved.text()).orElseThrow().plusDays(-1234).orElseThrow();
        assertThat(back.text()).isEqualTo(text);
      }
    }
  }

  @Test
  void a_date_does_not_show_in_messages() {
    assertThat(DateText.parse("1958-03-14").orElseThrow().toString()).doesNotContain("1958");
  }
}
