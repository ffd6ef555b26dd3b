package dev.phial.gateway.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fpe.Ff1Engine;
import dev.phial.gateway.engine.EngineLimits;
import dev.phial.gateway.engine.InMemoryKeys;
import dev.phial.gateway.engine.PolicyEngine;
import dev.phial.gateway.engine.Protectors;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.identity.Caller;
import dev.phial.gateway.policy.HttpRoute;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.policy.PolicyLoader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates in bodies, and whose they are. Values that others are compared with are of the day 2000-06-15. */
class ShiftedBodiesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final LocalDate DAY = LocalDate.of(2000, 6, 15);
  private static final String POLICY = """
      version: 1
      elements:
        date:   { identifier: DATE,  protect: { shift: { days: 365 } } }
        weight: { identifier: OTHER, protect: { generalize: { rule: round, to: 5 } } }
        age:    { identifier: DATE,  protect: { generalize: age-90 } }
        mrn:    { identifier: MRN,   protect: { hash: {} } }
      selections:
        fhir:
          "Patient.birthDate": date
          "Observation.effectiveDateTime": date
          "Encounter.period.start": date
          "Observation.valueQuantity.value": weight
          "Observation.valueInteger": age
          "Patient.identifier.value": mrn
        plain:
          "$.descendants().date": date
      patients:
        fhir:
          "Patient.id": "{}"
          "Resource.subject.reference": ["Patient/{}", "urn:uuid:{}"]
        plain:
          "$.descendants().patient": "{}"
      http:
        - { route: /fhir,  methods: [POST], upstream: ehr, content: fhir+json, select: [fhir], patient: fhir }
        - { route: /plain, methods: [POST], upstream: ehr, content: json, select: [plain], patient: plain }
      access:
        application: { purposes: [TREAT], protect: ["*"], reveal: { "*": token } }
      """;

  private final InMemoryKeys keys = new InMemoryKeys();

  @SuppressWarnings("NullAway.Init")
  private Policy policy;

  @SuppressWarnings("NullAway.Init")
  private BodyTransformers transformers;

  @BeforeEach
  void load(@TempDir Path directory) throws IOException {
    policy = new PolicyLoader().load(Files.writeString(directory.resolve("policy.yaml"), POLICY));
    transformers = new BodyTransformers(
        new PolicyEngine(
            () -> policy,
            keys,
            Protectors.create(FipsModule.start(), Ff1Engine.COMPOSED, Clock.systemUTC()),
            EngineLimits.DEFAULT,
            Runnable::run),
        TransformLimits.DEFAULT,
        Runnable::run);
  }

  private static Call call(String tenant) {
    return new Call(
        new Caller("app", tenant, Set.of("application"), Set.of("TREAT"), Caller.Method.JWT),
        "TREAT",
        "http",
        "r1");
  }

  private String sent(String tenant, String route, String body) {
    HttpRoute found = policy.httpRoutes().stream()
        .filter(r -> r.path().equals(route))
        .findFirst()
        .orElseThrow();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MessageTransformer transformer =
        transformers.protecting(call(tenant), BodyRules.compile(found, policy), bytes -> {
          byte[] piece = new byte[bytes.remaining()];
          bytes.get(piece);
          out.writeBytes(piece);
        });
    transformer
        .feed(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)))
        .thenCompose(fed -> transformer.end())
        .toCompletableFuture()
        .join();
    return out.toString(StandardCharsets.UTF_8);
  }

  private JsonNode fhir(String body) throws IOException {
    return JSON.readTree(sent("mercy", "/fhir", body));
  }

  private static long moved(JsonNode date) {
    return ChronoUnit.DAYS.between(DAY, LocalDate.parse(date.asText()));
  }

  private static String patient(String id) {
    return "{\"resourceType\":\"Patient\",\"id\":\"" + id + "\",\"birthDate\":\"2000-06-15\"}";
  }

  private static String observation(String reference) {
    return "{\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"" + reference
        + "\"},\"effectiveDateTime\":\"2000-06-15\"}";
  }

  private static String bundle(String... resources) {
    StringBuilder entries = new StringBuilder();
    for (String resource : resources) {
      entries
          .append(entries.isEmpty() ? "" : ",")
          .append("{\"resource\":")
          .append(resource)
          .append('}');
    }
    return "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[" + entries + "]}";
  }

  private TransformException refused(String route, String body) {
    Throwable failure = catchThrowable(() -> sent("mercy", route, body));
    assertThat(failure).as("the body was taken").isInstanceOf(CompletionException.class);
    return (TransformException) Objects.requireNonNull(failure.getCause());
  }

  @Test
  void every_resource_of_a_bundle_moves_with_its_own_patient() throws IOException {
    JsonNode stored = fhir(bundle(
            patient("a"),
            observation("Patient/b"),
            observation("urn:uuid:a"),
            patient("b"),
            observation("Patient/a")))
        .path("entry");

    long a = moved(stored.at("/0/resource/birthDate"));
    long b = moved(stored.at("/3/resource/birthDate"));
    assertThat(a).isNotEqualTo(b).isNotZero();
    assertThat(moved(stored.at("/1/resource/effectiveDateTime"))).isEqualTo(b);
    assertThat(moved(stored.at("/2/resource/effectiveDateTime"))).isEqualTo(a);
    assertThat(moved(stored.at("/4/resource/effectiveDateTime"))).isEqualTo(a);
    assertThat(moved(fhir(observation("Patient/a")).path("effectiveDateTime"))).isEqualTo(a);
  }

  @Test
  void tenants_move_the_same_patient_apart() throws IOException {
    StringBuilder mercy = new StringBuilder();
    StringBuilder lakeside = new StringBuilder();
    for (String id : new String[] {"a", "b", "c", "d"}) {
      mercy.append(sent("mercy", "/fhir", patient(id)));
      lakeside.append(sent("lakeside", "/fhir", patient(id)));
    }
    assertThat(mercy.toString()).isNotEqualTo(lakeside.toString());
  }

  @Test
  void a_contained_resource_is_of_the_patient_of_the_one_that_contains_it() throws IOException {
    String inner =
        "{\"resourceType\":\"Encounter\",\"id\":\"e\",\"period\":{\"start\":\"2000-06-15\"}}";
    String outer =
        "{\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"Patient/a\"},\"contained\":["
            + inner + "]}";

    assertThat(moved(fhir(outer).at("/contained/0/period/start")))
        .isEqualTo(moved(fhir(patient("a")).path("birthDate")));
  }

  /** A resource without a patient must not take its neighbour's. */
  @Test
  void a_date_without_a_patient_is_refused_with_its_place_and_what_to_do() {
    String nobodys = "{\"resourceType\":\"Observation\",\"effectiveDateTime\":\"2000-06-15\"}";
    TransformException refused = refused("/fhir", bundle(patient("secret-a"), nobodys));

    assertThat(refused.reason()).isEqualTo(TransformException.Reason.INVALID_VALUE);
    assertThat(refused)
        .hasMessageStartingWith(
            "element date (Observation.effectiveDateTime) at /entry/1/resource/effectiveDateTime: ")
        .hasMessageContaining("none of the route's patient selectors finds one here")
        .hasMessageNotContaining("2000-06-15")
        .hasMessageNotContaining("secret-a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Group/a",
        "Patient/",
        "Patient/a/_history/2",
        "http://elsewhere/Patient/a",
        "#a",
        "",
        "patient/a"
      })
  void a_reference_that_fits_no_template_names_no_patient(String reference) {
    assertThat(refused("/fhir", observation(reference)))
        .hasMessageContaining("none of the route's patient selectors finds one here");
  }

  @Test
  void the_local_id_of_a_contained_patient_names_nobody() {
    String contained = "{\"resourceType\":\"Observation\",\"contained\":[" + patient("p1") + "]}";

    assertThat(refused("/fhir", contained)).hasMessageContaining("finds one here");
  }

  @Test
  void two_patients_as_near_are_refused() {
    String two =
        "{\"visits\":[{\"date\":\"2000-06-15\",\"of\":[{\"patient\":\"a\"},{\"patient\":\"b\"}]}]}";

    assertThat(refused("/plain", two))
        .hasMessageContaining("several patients as near to it")
        .hasMessageNotContaining("2000-06-15");
  }

  @Test
  void in_plain_json_the_nearest_patient_counts() throws IOException {
    String visits = "{\"patient\":\"c\",\"date\":\"2000-06-15\",\"visits\":["
        + "{\"patient\":\"a\",\"date\":\"2000-06-15\"},{\"date\":\"2000-06-15\",\"by\":{\"patient\":17}}]}";
    JsonNode stored = JSON.readTree(sent("mercy", "/plain", visits));

    long a = moved(stored.at("/visits/0/date"));
    long number = moved(stored.at("/visits/1/date"));
    assertThat(moved(
            JSON.readTree(sent("mercy", "/plain", "{\"date\":\"2000-06-15\",\"patient\":\"a\"}"))
                .path("date")))
        .isEqualTo(a);
    assertThat(moved(
            JSON.readTree(sent("mercy", "/plain", "{\"date\":\"2000-06-15\",\"patient\":\"17\"}"))
                .path("date")))
        .isEqualTo(number);
    assertThat(moved(stored.path("date")))
        .as("the outer patient, not confused by those of the parts")
        .isEqualTo(moved(
            JSON.readTree(sent("mercy", "/plain", "{\"date\":\"2000-06-15\",\"patient\":\"c\"}"))
                .path("date")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"2000-06\"", "\"2000\"", "20000615", "true", "{\"a\":1}", "\"June\""})
  void what_is_no_whole_date_is_refused_by_name_and_never_shown(String value) {
    String body = "{\"resourceType\":\"Patient\",\"id\":\"a\",\"birthDate\":" + value + "}";

    assertThat(refused("/fhir", body))
        .hasMessageStartingWith("element date (Patient.birthDate) at /birthDate: ")
        .hasMessageNotContaining("2000")
        .hasMessageNotContaining("June");
  }

  @Test
  void the_same_dates_come_again_after_a_rotation() throws IOException {
    String before = sent("mercy", "/fhir", patient("a"));

    keys.rotate("mercy", dev.phial.crypto.key.KeyPurpose.TOKENIZE);

    assertThat(sent("mercy", "/fhir", patient("a"))).isEqualTo(before);
  }

  @Test
  void numbers_stay_numbers_when_they_are_made_coarser() {
    String body =
        "{\"resourceType\":\"Observation\",\"valueQuantity\":{\"value\": 72.6},\"valueInteger\":47}";

    assertThat(sent("mercy", "/fhir", body))
        .isEqualTo(
            "{\"resourceType\":\"Observation\",\"valueQuantity\":{\"value\": 75},\"valueInteger\":47}");
    assertThat(refused("/fhir", body.replace(":47", ":94")))
        .hasMessageContaining("say over_89: number or redact")
        .hasMessageNotContaining("94");
    assertThat(refused("/fhir", body.replace(":47", ":\"many\"")))
        .hasMessageContaining("takes an age in years");
    assertThat(refused("/fhir", body.replace("72.6", "1e400")))
        .hasMessageContaining("takes a number of up to 18 digits");
  }

  @Test
  void a_hash_takes_a_text_only() {
    String body = "{\"resourceType\":\"Patient\",\"identifier\":[{\"value\":VALUE}]}";

    assertThat(sent("mercy", "/fhir", body.replace("VALUE", "\"MC-1\""))).contains("\"hs1.");
    assertThat(refused("/fhir", body.replace("VALUE", "17")))
        .hasMessageContaining("takes a JSON string");
  }

  /** A body may hold very many dates and patients: the work must not grow with their product. */
  @Test
  void many_dates_and_patients_are_answered() throws IOException {
    StringBuilder many = new StringBuilder("[");
    for (int i = 0; i < 20_000; i++) {
      many.append("{\"patient\":\"p").append(i).append("\",\"date\":\"2000-06-15\"},");
    }
    JsonNode stored = JSON.readTree(sent("mercy", "/plain", many + "{\"x\":1}]"));

    assertThat(stored).hasSize(20_001);
    assertThat(Map.of("first", moved(stored.at("/0/date"))).get("first")).isNotZero();
  }
}
