package dev.phial.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of SQL that stand apart from their names. */
class SqlTest {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      INSERT INTO patients (name, ssn) VALUES ('ann', '536278841')           | INSERT INTO patients (name, ssn) VALUES ('*NAME*', '*SSN*')
      insert into p (id,mrn,patient_name)values(7,4471920,'ann')             | insert into p (id,mrn,patient_name)values(7,*MRN*,'*NAME*')
      INSERT INTO a.p (patient_name) VALUES ('ann'), ('bo') , ('cy') ;       | INSERT INTO a.p (patient_name) VALUES ('*NAME*'), ('*NAME*') , ('*NAME*') ;
      INSERT INTO "a"."p" ("patient_name", "n") VALUES ('o''hara', 'x')      | INSERT INTO "a"."p" ("patient_name", "n") VALUES ('*NAME*', 'x')
      INSERT IGNORE INTO [dbo].[p] ([mrn], [n]) VALUES (N'44719', 5)         | INSERT IGNORE INTO [dbo].[p] ([mrn], [n]) VALUES (N'*MRN*', 5)
      INSERT OR REPLACE INTO p (mrn) VALUES ('44719') ON CONFLICT            | INSERT OR REPLACE INTO p (mrn) VALUES ('*MRN*') ON CONFLICT
      REPLACE INTO p (dob, mrn) VALUES (DATE '1984-07-06', NULL)             | REPLACE INTO p (dob, mrn) VALUES (DATE '*DATE*', NULL)
      INSERT INTO p (dob) VALUES (TO_DATE('06.07.84','DD.MM.YY'))            | INSERT INTO p (dob) VALUES (TO_DATE('*DATE*','*DATE*'))
      INSERT INTO p (name, mrn) VALUES (?, ?)                                | INSERT INTO p (name, mrn) VALUES (?, ?)
      INSERT INTO p (patient_name, mrn) VALUES ($1, :mrn)                    | INSERT INTO p (patient_name, mrn) VALUES ($1, :mrn)
      INSERT INTO p (patient_name, x) VALUES ('ann', 'a, (b)'), ('bo', ')')  | INSERT INTO p (patient_name, x) VALUES ('*NAME*', 'a, (b)'), ('*NAME*', ')')
      INSERT INTO p (x, mrn) VALUES (lower('A,B'), 'q9-44')                  | INSERT INTO p (x, mrn) VALUES (lower('A,B'), '*MRN*')
      INSERT INTO p (x) VALUES ('ssn 536-27-8841')                           | INSERT INTO p (x) VALUES ('ssn *SSN*')
      INSERT INTO p (x) VALUES ('{"mrn":"44719"}')                           | INSERT INTO p (x) VALUES ('{"mrn":"*MRN*"}')
      MERGE WHEN NOT MATCHED THEN INSERT (mrn) VALUES ('44719')              | MERGE WHEN NOT MATCHED THEN INSERT (mrn) VALUES ('*MRN*')
      INSERT INTO p (n) VALUES ('x') RETURNING ssn = '536278841'             | INSERT INTO p (n) VALUES ('x') RETURNING ssn = '*SSN*'
      {"q":"INSERT INTO p (\\"mrn\\") VALUES ('44719')"}                     | {"q":"INSERT INTO p (\\"mrn\\") VALUES ('*MRN*')"}
      UPDATE p SET patient_name = 'ann' WHERE mrn = '44719'                  | UPDATE p SET patient_name = '*NAME*' WHERE mrn = '*MRN*'
      INSERT INTO p (patient_name, mrn) VALUES ('ann lee', '447              | INSERT INTO p (patient_name, mrn) VALUES ('*NAME*', '*MRN*
      INSERT INTO p (mrn, patient_name) VALUES ('44719', 'ann le             | INSERT INTO p (mrn, patient_name) VALUES ('*MRN*', '*NAME*
      """)
  void columns_say_what_values_are(String line, String masked) {
    assertThat(Lines.mask(line)).isEqualTo(masked);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      binding parameter [1] as [VARCHAR] - [ann q]               | binding parameter [1] as [VARCHAR] - [*OTHER*]
      TRACE o.h.t BasicBinder - binding parameter [2] as [VARCHAR] - [536-27-8841] | TRACE o.h.t BasicBinder - binding parameter [2] as [VARCHAR] - [*SSN*]
      binding parameter [3] as [BIGINT] - [4471920]              | binding parameter [3] as [BIGINT] - [*OTHER*]
      binding parameter [3] as [INTEGER] - [7]                   | binding parameter [3] as [INTEGER] - [7]
      binding parameter [4] as [VARCHAR] - [null]                | binding parameter [4] as [VARCHAR] - [null]
      binding parameter [5] as [BOOLEAN] - [true]                | binding parameter [5] as [BOOLEAN] - [true]
      binding parameter [6] as [VARCHAR] - [a [b] c]             | binding parameter [6] as [VARCHAR] - [*OTHER*]
      binding parameter (1:VARCHAR) <- [ann q]                   | binding parameter (1:VARCHAR) <- [*OTHER*]
      binding parameter (2:DATE) <- [1984-07-06]                 | binding parameter (2:DATE) <- [*DATE*]
      column index 1, parameter value [ann q], value class [java.lang.String], SQL type 12 | column index 1, parameter value [*OTHER*], value class [java.lang.String], SQL type 12
      DETAIL:  parameters: $1 = 'ann q', $2 = '536-27-8841', $3 = NULL, $4 = '7' | DETAIL:  parameters: $1 = '*OTHER*', $2 = '*SSN*', $3 = NULL, $4 = '7'
      DETAIL:  Parameters: $1 = 'o''hara, bo', $2 = '4471920'    | DETAIL:  Parameters: $1 = '*OTHER*', $2 = '*OTHER*'
      DETAIL:  parameters: $1 = 'ann q                           | DETAIL:  parameters: $1 = '*OTHER*
      """)
  void parameters_are_masked_whole_when_nothing_says_what_they_are(String line, String masked) {
    assertThat(Lines.mask(line)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert coin (one, two) to go on",
        "INSERT INTO t SELECT a, b FROM u",
        "INSERT INTO t (a) SELECT b FROM u",
        "replace the parameter (value) of values (x)",
        "unknown parameters: none; parameter value [null], parameter x",
        "insert into t (",
        "insert",
        "values ('x')",
      })
  void other_words_stay(String line) {
    assertThat(Lines.mask(line)).isEqualTo(line);
  }

  /** A hundred times as long takes about a hundred times as long, whatever somebody makes of it. By the thread's own time. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert ",
        "insert into t (",
        "insert into t (a, b) ",
        "insert into t (a) values (",
        "insert into t (a) values ('",
        "insert into t (a) values (\"'",
        "insert into t (mrn) values ((((",
        "binding parameter [1] as [VARCHAR] - [",
        "parameter value [] ",
        "parameters: $1 = '",
      })
  void the_time_is_linear(String piece) {
    String small = piece.repeat(20_000 / piece.length());
    String large = piece.repeat(2_000_000 / piece.length());
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long began = THREADS.getCurrentThreadCpuTime();
      Lines.mask(small);
      best = Math.min(best, THREADS.getCurrentThreadCpuTime() - began);
    }
    long began = THREADS.getCurrentThreadCpuTime();
    Lines.mask(large);
    assertThat(THREADS.getCurrentThreadCpuTime() - began)
        .isLessThan(Math.max(1_000_000_000L, 100 * best * 10));
  }

  @Test
  void many_rows_and_columns_keep_their_places() {
    StringBuilder columns = new StringBuilder("c0");
    StringBuilder row = new StringBuilder("('a'");
    for (int i = 1; i < 900; i++) {
      columns.append(i == 899 ? ", mrn" : ", c" + i);
      row.append(i == 899 ? ", '44719')" : ", 'a'");
    }
    String line = "INSERT INTO t (" + columns + ") VALUES " + (row + ", ").repeat(20) + row;
    String masked = Lines.mask(line);
    assertThat(masked).isEqualTo(line.replace("'44719'", "'*MRN*'"));
  }
}
