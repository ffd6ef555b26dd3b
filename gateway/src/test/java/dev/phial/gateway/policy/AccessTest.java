package dev.phial.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.gateway.identity.Call;
import dev.phial.gateway.identity.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Threat T45: every cell of role x purpose x element, against a table written by hand. */
class AccessTest {
  private static final Policy POLICY = new PolicyLoader().parse("p", """
      version: 1
      elements:
        ssn: { identifier: SSN, protect: { tokenize: { format: us-ssn, key_version: pinned } } }
        mrn: { identifier: MRN, protect: { tokenize: { format: text, key_version: marked } } }
        dob: { identifier: DATE, protect: { encrypt: {} } }
      access:
        clinician: { purposes: [TREAT, ETREAT], reveal: { "*": plaintext } }
        support: { purposes: [HOPERAT], reveal: { ssn: masked, mrn: token, "*": deny } }
        registrar: { purposes: [TREAT], protect: [mrn], reveal: { "*": masked, ssn: deny } }
        application: { purposes: [TREAT], protect: ["*"] }
        keeper: { administer: true }
      """);
  private static final Access ACCESS = new Access(POLICY);
  private static final List<String> ROLES =
      List.of("clinician", "support", "registrar", "application", "keeper", "unheard-of");
  private static final List<String> PURPOSES =
      List.of("TREAT", "ETREAT", "HOPERAT", "HRESCH", "", "*", "treat");
  private static final List<String> ELEMENTS = List.of("ssn", "mrn", "dob", "unheard_of", "*", "");

  /** What is not in the tables is denied. */
  private static final Map<String, Reveal> REVEALED = Map.ofEntries(
      Map.entry("clinician TREAT ssn", Reveal.PLAINTEXT),
      Map.entry("clinician TREAT mrn", Reveal.PLAINTEXT),
      Map.entry("clinician TREAT dob", Reveal.PLAINTEXT),
      Map.entry("clinician ETREAT ssn", Reveal.PLAINTEXT),
      Map.entry("clinician ETREAT mrn", Reveal.PLAINTEXT),
      Map.entry("clinician ETREAT dob", Reveal.PLAINTEXT),
      Map.entry("support HOPERAT ssn", Reveal.MASKED),
      Map.entry("support HOPERAT mrn", Reveal.TOKEN),
      Map.entry("registrar TREAT mrn", Reveal.MASKED),
      Map.entry("registrar TREAT dob", Reveal.MASKED));

  private static final Set<String> PROTECTED = Set.of(
      "registrar TREAT mrn",
      "application TREAT ssn",
      "application TREAT mrn",
      "application TREAT dob");

  static Stream<List<String>> cells() {
    List<List<String>> cells = new ArrayList<>();
    for (String role : ROLES) {
      for (String purpose : PURPOSES) {
        ELEMENTS.forEach(element -> cells.add(List.of(role, purpose, element)));
      }
    }
    return cells.stream();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void decides_every_cell_as_the_table_says(List<String> cell) {
    Call call = call(cell.get(1), cell.get(0));
    String key = String.join(" ", cell);
    assertThat(ACCESS.reveal(call, cell.get(2))).isEqualTo(REVEALED.getOrDefault(key, Reveal.DENY));
    assertThat(ACCESS.mayProtect(call, cell.get(2))).isEqualTo(PROTECTED.contains(key));
    assertThat(ACCESS.mayAdminister(call)).isEqualTo(cell.get(0).equals("keeper"));
  }

  @Test
  void gives_a_caller_of_several_roles_the_most_generous_form() {
    assertThat(ACCESS.reveal(call("TREAT", "registrar", "clinician"), "ssn"))
        .isEqualTo(Reveal.PLAINTEXT);
    assertThat(ACCESS.reveal(call("HOPERAT", "clinician", "support"), "mrn"))
        .isEqualTo(Reveal.TOKEN);
  }

  @Test
  void denies_a_caller_without_roles_everything() {
    assertThat(ACCESS.reveal(call("TREAT"), "ssn")).isEqualTo(Reveal.DENY);
    assertThat(ACCESS.mayProtect(call("TREAT"), "ssn")).isFalse();
    assertThat(ACCESS.mayAdminister(call("TREAT"))).isFalse();
  }

  private static Call call(String purpose, String... roles) {
    Caller caller =
        new Caller("caller", "tenant", Set.of(roles), Set.copyOf(PURPOSES), Caller.Method.JWT);
    return new Call(caller, purpose, "grpc", "request");
  }
}
