package dev.phial.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.masking.KeyedTreatment.Form;
import dev.phial.masking.KeyedTreatment.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class TreatmentTest {
  private static final LogElement MRN =
      new LogElement("mrn", Identifier.MRN, new Treatment.Token());
  private static final LogElement SSN =
      new LogElement("ssn", Identifier.SSN, new Treatment.Digest());

  private final List<Request> asked = new ArrayList<>();
  private final KeyedTreatment keys = request -> {
    asked.add(request);
    return CompletableFuture.completedFuture(request.values().stream()
        .map(v -> v.startsWith("0") ? Optional.<String>empty() : Optional.of("t" + v.length()))
        .toList());
  };

  private static String masked(MaskingPolicy policy, String line) {
    return text(Masker.of(policy)
        .mask(List.of(event(line)))
        .toCompletableFuture()
        .join()
        .get(0));
  }

  private static LogEvent event(String line) {
    return LogEvent.of(line.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Masked masked) {
    return new String(((Masked.Event) masked).content(), StandardCharsets.UTF_8);
  }

  @Test
  void keepsTheEndsThatThePolicyKeeps() {
    MaskingPolicy policy =
        MaskingPolicy.safeHarbor().with(LogElement.of(Identifier.SSN, new Treatment.Mask(0, 4)));
    assertThat(masked(policy, "ssn 536-27-8841 x")).isEqualTo("ssn ***-**-8841 x");
    assertThat(masked(policy, "{\"ssn\":\"84411\"}")).isEqualTo("{\"ssn\":\"*SSN*\"}");
  }

  @Test
  void leavesAndCounts() {
    Masked masked = Masker.of(MaskingPolicy.limitedDataSet())
        .mask(List.of(event("dob=1984-07-06 ssn=536-27-8841")))
        .toCompletableFuture()
        .join()
        .get(0);
    assertThat(text(masked)).isEqualTo("dob=1984-07-06 ssn=*SSN*");
    assertThat(masked.found()).isEqualTo(Map.of(Identifier.DATE, 1, Identifier.SSN, 1));
  }

  @Test
  void dropsWholeEvents() {
    MaskingPolicy policy =
        MaskingPolicy.safeHarbor().with(LogElement.of(Identifier.SSN, new Treatment.Drop()));
    assertThat(Masker.of(policy)
            .mask(List.of(event("ssn 536-27-8841")))
            .toCompletableFuture()
            .join())
        .containsExactly(new Masked.Dropped(Map.of(Identifier.SSN, 1)));
  }

  @Test
  void keyedTextsAreAskedForOnceAndMarked() {
    Masker masker = Masker.of(MaskingPolicy.safeHarbor().with(MRN).with(SSN), keys);
    List<Masked> masked = masker
        .mask(List.of(
            event("mrn=4471920 mrn=4471920 ssn=536-27-8841"),
            event("nothing"),
            event("{\"mrn\":4471920,\"x\":\"mrn=0071920 ok\"}")))
        .toCompletableFuture()
        .join();
    assertThat(masked.stream().map(TreatmentTest::text))
        .containsExactly(
            "mrn=*mrn:t7* mrn=*mrn:t7* ssn=*ssn:h:t11*",
            "nothing",
            "{\"mrn\":\"*mrn:t7*\",\"x\":\"mrn=*MRN* ok\"}");
    assertThat(asked)
        .containsExactlyInAnyOrder(
            new Request("mrn", Form.TOKEN, List.of("4471920", "0071920")),
            new Request("ssn", Form.DIGEST, List.of("536-27-8841")));
  }

  @Test
  void valuesAreAskedForAsTheyRead() {
    Masker masker = Masker.of(MaskingPolicy.safeHarbor().with(MRN), keys);
    masker
        .mask(List.of(event("mrn=\uff14\uff1471\u200b920")))
        .toCompletableFuture()
        .join();
    assertThat(asked).containsExactly(new Request("mrn", Form.TOKEN, List.of("4471920")));
  }

  @Test
  void aFailureOfTheKeysFailsTheBatch() {
    Masker masker = Masker.of(
        MaskingPolicy.safeHarbor().with(MRN),
        request -> CompletableFuture.failedFuture(new IllegalStateException("keys cannot be had")));
    CompletableFuture<List<Masked>> masked =
        masker.mask(List.of(event("mrn=4471920"))).toCompletableFuture();
    assertThatThrownBy(masked::join)
        .isInstanceOf(CompletionException.class)
        .hasMessageNotContaining("4471920");
  }

  @Test
  void aTextThatCouldBreakAFormatIsNotUsed() {
    Masker masker = Masker.of(
        MaskingPolicy.safeHarbor().with(MRN),
        request -> CompletableFuture.completedFuture(List.of(Optional.of("a\"b"))));
    assertThat(text(masker
            .mask(List.of(event("mrn=4471920")))
            .toCompletableFuture()
            .join()
            .get(0)))
        .isEqualTo("mrn=*MRN*");
  }

  @Test
  void withoutKeysNoKeyedPolicy() {
    assertThatThrownBy(() -> Masker.of(MaskingPolicy.safeHarbor().with(MRN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("element mrn");
  }

  @Test
  void boundKeysGoFirst() {
    LogElement badge = new LogElement("badge", Identifier.OTHER, new Treatment.Redact());
    MaskingPolicy policy = MaskingPolicy.safeHarbor().withKey("staff_badge", badge);
    assertThat(masked(policy, "{\"staffBadge\":\"xyz\",\"other\":\"xyz\"}"))
        .isEqualTo("{\"staffBadge\":\"*OTHER*\",\"other\":\"xyz\"}");
    assertThat(masked(policy, "staff badge: b77, other: b77"))
        .isEqualTo("staff badge: *OTHER*, other: b77");
  }

  @Test
  void rulesOfOnesOwn() {
    LogElement badge = new LogElement("badge", Identifier.OTHER, new Treatment.Redact());
    MaskingPolicy policy = new MaskingPolicy(
        Map.of(),
        Map.of(),
        List.of(
            new LogRule(badge, "AB-#{6,8}", List.of("badge"), LogRule.Checksum.NONE),
            new LogRule(badge, "K#{5}", List.of(), LogRule.Checksum.LUHN)));
    assertThat(masked(policy, "badge AB-123456 or AB-12, K79927 K79928"))
        .isEqualTo("badge *OTHER* or AB-12, K79927 K79928"
            .replace("K79927", luhn("79927") ? "*OTHER*" : "K79927")
            .replace("K79928", luhn("79928") ? "*OTHER*" : "K79928"));
    assertThat(masked(policy, "part AB-123456")).isEqualTo("part AB-123456");
  }

  private static boolean luhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int d = digits.charAt(digits.length() - 1 - i) - '0';
      sum += i % 2 == 0 ? d : d * 2 > 9 ? d * 2 - 9 : d * 2;
    }
    return sum % 10 == 0;
  }

  @Test
  void fieldsAreMaskedByTheirKeys() {
    Masked masked = Masker.of(MaskingPolicy.safeHarbor())
        .mask(List.of(
            new LogEvent("attributes.patient_name", "ann".getBytes(StandardCharsets.UTF_8))))
        .toCompletableFuture()
        .join()
        .get(0);
    assertThat(text(masked)).isEqualTo("*NAME*");
  }
}
