package dev.phial.gateway.admin.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProposalTextTest {
  private static final Instant CREATED = Instant.parse("2026-03-01T10:00:00.123Z");
  private static final Proposal PROPOSAL = new Proposal(
      "6f1b1c1e-0f4e-4a53-9f0e-2d6f1f0a7c11",
      "delete_tokens",
      Parameters.of(Map.of(
          "tenant", List.of("north"),
          "element", List.of("zip"),
          "token", List.of("48213", "a=b 林"))),
      "tokens 8d3c=1",
      List.of("deletes the values behind 2 tokens of element zip of tenant north, for good"),
      new Person("officer.brandt-oyelaran", "https://idp.example.org"),
      CREATED,
      CREATED.plusSeconds(86_400));

  private static String golden() throws IOException {
    try (InputStream in = ProposalTextTest.class.getResourceAsStream("proposal-v1.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void the_first_version_is_written_and_read_as_it_always_was() throws IOException {
    assertThat(ProposalText.of(PROPOSAL)).isEqualTo(golden());
    assertThat(ProposalText.parse(golden())).isEqualTo(PROPOSAL);
    // sha256sum proposal-v1.txt
    assertThat(ProposalText.digest(golden()))
        .isEqualTo("0e52dab3ca67acc13b3d884bd9b647ae36d97abd8c9b99a5ce1c0c4e072620af");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v1|v2",
        "state=|State=",
        "tenant=north\n|tenant=north\n\n",
        "parameter=tenant=north\n|parameter=tenant\n",
        "00.123Z|00.123000Z",
        "created=2026-03-01|created=2026-03-99",
        "parameter=element|parameter=Element",
        "parameter=element=zip\nparameter=tenant=north|parameter=tenant=north\nparameter=element=zip",
        "effect=deletes|effect=del\retes",
        "state=tokens 8d3c=1\n|",
      })
  void what_is_not_to_the_byte_as_it_is_written_is_no_proposal(String change) throws IOException {
    String[] parts = change.split("\\|", -1);
    String altered = golden().replace(parts[0], parts[1]);
    assertThat(altered).isNotEqualTo(golden());
    assertThatThrownBy(() -> ProposalText.parse(altered))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void no_line_smuggles_in_another() {
    assertThatThrownBy(() -> Parameters.of(Map.of("tenant", List.of("north\nparameter=token=1"))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Parameters.of(Map.of("a=b", List.of("1"))))
        .isInstanceOf(IllegalArgumentException.class);
    Proposal smuggler = new Proposal(
        "1",
        "delete_tokens",
        Parameters.of(Map.of()),
        "",
        List.of(),
        new Person("officer\nissuer=other", "issuer"),
        CREATED,
        CREATED);
    assertThatThrownBy(() -> ProposalText.of(smuggler))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("proposer")
        .hasMessageNotContaining("officer");
  }
}
