package dev.phial.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.masking.Identifier;
import dev.phial.masking.LogElement;
import dev.phial.masking.MaskingPolicy;
import dev.phial.masking.Treatment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogsReaderTest {
  private static final String ELEMENTS = """
      version: 1
      elements:
        mrn: { identifier: MRN, protect: { tokenize: { format: "digits:7..12", key_version: pinned } } }
        given_name: { identifier: NAME, protect: { encrypt: {} } }
      access: {}
      """;

  private static MaskingPolicy logs(String section) {
    return new PolicyLoader().parse("policy", ELEMENTS + section).logs().orElseThrow();
  }

  @Test
  void aPolicyThatDoesNotSpeakOfLogsHasNoneMasked() {
    assertThat(new PolicyLoader().parse("policy", ELEMENTS).logs()).isEmpty();
  }

  @Test
  void readsAllOfIt() {
    MaskingPolicy policy = logs("""
        logs:
          detect: [hipaa]
          keys: { patient_name: given_name, mrn: mrn }
          treat: { mrn: token, ssn: { mask: { keep_last: 4 } }, ip: leave }
          rules:
            - { element: mrn, pattern: "K#{6,8}", keywords: [chart], checksum: luhn }
        """);
    LogElement mrn = new LogElement("mrn", Identifier.MRN, new Treatment.Token());
    assertThat(policy.detected()).hasSize(18).containsEntry(Identifier.MRN, mrn);
    assertThat(policy.detected())
        .containsEntry(Identifier.SSN, LogElement.of(Identifier.SSN, new Treatment.Mask(0, 4)))
        .containsEntry(Identifier.IP, LogElement.of(Identifier.IP, new Treatment.Leave()));
    assertThat(policy.keys())
        .containsEntry("mrn", mrn)
        .containsEntry(
            "patient_name", new LogElement("given_name", Identifier.NAME, new Treatment.Redact()));
    assertThat(policy.rules()).hasSize(1);
  }

  @Test
  void limitedDataSetKeepsDates() {
    assertThat(logs("logs: { detect: [limited-data-set] }").detected())
        .containsEntry(Identifier.DATE, LogElement.of(Identifier.DATE, new Treatment.Leave()));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      logs: {}                                                         | 'detect' is missing
      logs: { detect: [hippa] }                                        | did you mean 'hipaa'
      logs: { detect: [hipaa], keys: { a: mnr } }                      | no such element
      logs: { detect: [hipaa], keys: { "1": mrn } }                    | must have one to four words
      logs: { detect: [hipaa], treat: { given_name: token } }          | a token needs an element that is tokenized
      logs: { detect: [hipaa], treat: { ssn: token } }                 | a token needs an element
      logs: { detect: [hipaa], treat: { mrn: tokn } }                  | no such treatment
      logs: { detect: [hipaa], rules: [{ element: mrn, pattern: "#{" }] } | repetition
      """)
  void refuses(String section, String why) {
    assertThatThrownBy(() -> logs(section))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining(why);
  }
}
