package dev.phial.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.phial.gateway.grpc.GrpcClient;
import dev.phial.gateway.policy.Element;
import dev.phial.gateway.policy.Identifier;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.policy.PolicyLoader;
import dev.phial.gateway.policy.Protection;
import dev.phial.proto.v1.AdminServiceGrpc;
import dev.phial.proto.v1.DeidentifyRequest;
import dev.phial.proto.v1.KeyPurpose;
import dev.phial.proto.v1.ProtectionServiceGrpc;
import dev.phial.proto.v1.RotateKeysetRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The policies for de-identification that are shipped, and one that shifts dates, through the whole gateway: what the upstream
 * gets, and what logs, audit and metrics say.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeidentificationEndToEndTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path ROOT = Path.of(System.getProperty("phial.root", ".."));
  private static final Pattern DAY = Pattern.compile("\\b(\\d{4}-\\d{2}-\\d{2})(?=\\b|T)");
  private static final String SAFE_HARBOR = "safe-harbor";
  private static final String LIMITED = "limited-data-set";
  private static final String SHIFTED = "shifted";

  private static final String SHIFTING_POLICY = """
      version: 1
      elements:
        date: { identifier: DATE, protect: { shift: { days: 365 } } }
      selections:
        dates:
          "Patient.birthDate": date
          "Patient.deceasedDateTime": date
          "Encounter.period.start": date
          "Encounter.period.end": date
          "Condition.onsetDateTime": date
          "Observation.effectiveDateTime": date
        visits: { "$.date": date }
      patients:
        path: { "{patient}": "{}" }
        fhir:
          "Patient.id": "{}"
          "Resource.subject.reference": ["urn:uuid:{}", "Patient/{}"]
      http:
        - route: /fhir
          methods: [POST]
          upstream: ehr
          content: fhir+json
          select: [dates]
          patient: fhir
        - route: /fhir/*/*
          methods: [GET, PUT]
          upstream: ehr
          content: fhir+json
          select: [dates]
          patient: fhir
        - route: /patients/{patient}/visits/*
          methods: [PUT]
          upstream: ehr
          content: json
          select: [visits]
          patient: path
      access:
        application: { purposes: [HOPERAT], protect: ["*"], reveal: { "*": token } }
        researcher:  { purposes: [HRESCH], reveal: { "*": plaintext } }
        officer:     { administer: true }
      """;

  private static final String INVENTED = """
      {"resourceType":"Bundle","type":"transaction","entry":[
       {"fullUrl":"urn:uuid:quill-7a","resource":{"resourceType":"Patient","id":"quill-7a",
         "text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">Rosalind Achterberg</div>"},
         "identifier":[{"system":"http://hl7.org/fhir/sid/us-ssn","value":"536-27-8841"},
           {"type":{"coding":[{"code":"MR"}]},"value":"MC-0047812"}],
         "name":[{"family":"Achterberg","given":["Rosalind","Imke"],"period":{"start":"1981-09-02"}}],
         "telecom":[{"system":"phone","value":"555-010-7788"},{"system":"email","value":"rosalind@quillfeather.example"}],
         "gender":"female","birthDate":"1958-03-14",
         "address":[{"line":["17 Quillfeather Lane"],"city":"Waldenbrook","district":"Loonshire","state":"MA","postalCode":"02139-4307","country":"US"}],
         "contact":[{"name":{"family":"Quillfeather"},"telecom":[{"value":"555-010-9931"}]}],
         "photo":[{"contentType":"image/png","data":"Q2FuYXJ5UGhvdG8="}]},
        "request":{"method":"PUT","url":"Patient/quill-7a"}},
       {"fullUrl":"urn:uuid:quill-7b","resource":{"resourceType":"Observation","id":"quill-7b","status":"final",
         "code":{"coding":[{"system":"http://loinc.org","code":"29463-7"}],"text":"Rosalind's weight"},
         "subject":{"reference":"urn:uuid:quill-7a","display":"Rosalind Achterberg"},
         "performer":[{"reference":"http://elsewhere.example/fhir/Practitioner/77"}],
         "effectiveDateTime":"2019-08-21T10:15:00-05:00","issued":"2019-08-21T10:20:00.000-05:00",
         "valueQuantity":{"value":72.60,"unit":"kg"},"note":[{"text":"Seen with her sister Imke","time":"2019-08-21"}]},
        "request":{"method":"PUT","url":"Observation/quill-7b"}},
       {"fullUrl":"urn:uuid:quill-7c","resource":{"resourceType":"Patient","id":"quill-7c","birthDate":"1931-05-20",
         "address":[{"state":"NH","postalCode":"03601"}]},
        "request":{"method":"PUT","url":"Patient/quill-7c"}}]}""";

  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final PrintStream stderr = System.err;
  private final Map<String, RunningGateway> gateways = new TreeMap<>();
  private final Map<String, RecordingUpstream> upstreams = new TreeMap<>();
  private final Map<String, Policy> policies = new TreeMap<>();

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
    Path config = ROOT.resolve("config").toAbsolutePath();
    start(data, SAFE_HARBOR, config.resolve("safe-harbor.yaml"));
    start(data, LIMITED, config.resolve("limited-data-set.yaml"));
    start(data, SHIFTED, Files.writeString(data.resolve("shifted.yaml"), SHIFTING_POLICY));
  }

  private void start(Path data, String name, Path policy) throws IOException {
    RecordingUpstream upstream = new RecordingUpstream();
    upstreams.put(name, upstream);
    policies.put(name, new PolicyLoader().load(policy, Set.of("ehr")));
    gateways.put(
        name,
        new RunningGateway(
            data.resolve(name), upstream.port(), "policy=" + policy.toAbsolutePath()));
  }

  @AfterAll
  void stop() {
    gateways.values().forEach(RunningGateway::close);
    upstreams.values().forEach(RecordingUpstream::close);
    System.setErr(stderr);
  }

  private RunningGateway phial(String policy) {
    return Objects.requireNonNull(gateways.get(policy));
  }

  private RecordingUpstream upstream(String policy) {
    return Objects.requireNonNull(upstreams.get(policy));
  }

  /** Sends as the application; gives what the upstream stored. */
  private String sent(String policy, String body) throws Exception {
    RunningGateway phial = phial(policy);
    HttpResponse<String> made = phial.post("/fhir", body, phial.token("application", "HOPERAT"));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return upstream(policy).stored("/fhir/Bundle/n" + upstream(policy).requests());
  }

  private String saidOf(String policy) throws Exception {
    RunningGateway phial = phial(policy);
    return upstream(policy).everything()
        + logged.toString(StandardCharsets.UTF_8)
        + phial.auditLog()
        + phial.management("/metrics");
  }

  @ParameterizedTest
  @ValueSource(strings = {SAFE_HARBOR, LIMITED})
  void no_value_planted_where_a_binding_points_comes_out_anywhere(String name) throws Exception {
    Policy policy = Objects.requireNonNull(policies.get(name));
    Canaries canaries = new Canaries(policy);
    String bundle = canaries.bundle(policy.httpRoutes().get(1).bindings());
    assertThat(canaries.planted()).hasSizeGreaterThan(100);
    assertThat(canaries.planted().values()).allMatch(bundle::contains).doesNotHaveDuplicates();

    var unused = sent(name, bundle);

    String said = saidOf(name);
    Set<String> leaks = new TreeSet<>();
    canaries.planted().forEach((selector, value) -> {
      if (said.contains(value)) {
        leaks.add(selector);
      }
    });
    assertThat(leaks).isEmpty();
  }

  @Test
  void safe_harbor_leaves_years_and_the_beginnings_of_zip_codes() throws Exception {
    JsonNode stored = JSON.readTree(sent(SAFE_HARBOR, INVENTED));
    JsonNode patient = stored.at("/entry/0/resource");
    JsonNode observation = stored.at("/entry/1/resource");

    assertThat(patient.path("birthDate").asText()).isEqualTo("1958");
    assertThat(patient.path("gender").asText()).isEqualTo("female");
    assertThat(patient.at("/address/0").toString())
        .isEqualTo("{\"state\":\"MA\",\"postalCode\":\"021\",\"country\":\"US\"}");
    assertThat(patient.has("text")).isFalse();
    assertThat(patient.has("telecom")).isTrue();
    assertThat(observation.path("effectiveDateTime").asText()).isEqualTo("2019");
    assertThat(observation.has("issued")).isFalse();
    assertThat(observation.at("/valueQuantity").toString()).contains("72.6").contains("kg");
    assertThat(observation.path("performer").toString()).doesNotContain("elsewhere");
    assertThat(stored.at("/entry/2/resource").has("birthDate"))
        .as("of somebody who may be over 89 not even the year stays")
        .isFalse();
    assertThat(stored.at("/entry/2/resource/address/0/postalCode").asText()).isEqualTo("000");
  }

  @Test
  void a_limited_data_set_keeps_dates_towns_and_zip_codes() throws Exception {
    JsonNode stored = JSON.readTree(sent(LIMITED, INVENTED));
    JsonNode patient = stored.at("/entry/0/resource");

    assertThat(patient.path("birthDate").asText()).isEqualTo("1958-03-14");
    assertThat(patient.at("/address/0").toString())
        .isEqualTo(
            "{\"city\":\"Waldenbrook\",\"state\":\"MA\",\"postalCode\":\"02139-4307\",\"country\":\"US\"}");
    assertThat(stored.at("/entry/1/resource/issued").asText())
        .isEqualTo("2019-08-21T10:20:00.000-05:00");
  }

  @ParameterizedTest
  @ValueSource(strings = {SAFE_HARBOR, LIMITED})
  void records_still_belong_together_and_nothing_of_the_person_is_left(String name)
      throws Exception {
    String text = sent(name, INVENTED);
    JsonNode stored = JSON.readTree(text);
    String id = stored.at("/entry/0/resource/id").asText();

    assertThat(id).matches("hs1\\.[a-z2-7]{52}");
    assertThat(stored.at("/entry/0/fullUrl").asText()).isEqualTo("urn:uuid:" + id);
    assertThat(stored.at("/entry/0/request/url").asText()).isEqualTo("Patient/" + id);
    assertThat(stored.at("/entry/1/resource/subject/reference").asText())
        .isEqualTo("urn:uuid:" + id);
    assertThat(stored.at("/entry/2/resource/id").asText()).isNotEqualTo(id);
    assertThat(saidOf(name))
        .doesNotContain(
            "quill-7a",
            "Rosalind",
            "Achterberg",
            "Imke",
            "Quillfeather Lane",
            "536-27-8841",
            "MC-0047812",
            "555-010-7788",
            "555-010-9931",
            "quillfeather.example",
            "Loonshire",
            "Q2FuYXJ5UGhvdG8=",
            "elsewhere.example");
    if (name.equals(SAFE_HARBOR)) {
      assertThat(text).doesNotContain("1958-03-14", "1981-09-02", "2019-08-21", "Waldenbrook");
    }
  }

  @Test
  void a_record_is_read_by_its_id_or_its_pseudonym_and_as_it_is_stored() throws Exception {
    RunningGateway phial = phial(SAFE_HARBOR);
    String record =
        "{\"resourceType\":\"Patient\",\"id\":\"MC-0047812\",\"birthDate\":\"1958-03-14\"}";
    HttpResponse<String> made =
        phial.put("/fhir/Patient/MC-0047812", record, phial.token("application", "HOPERAT"));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    String id = JSON.readTree(made.body()).path("id").asText();
    assertThat(id).startsWith("hs1.");

    String researcher = phial.token("researcher", "HRESCH");
    String byPseudonym = phial.get("/fhir/Patient/" + id, researcher).body();
    String byId = phial.get("/fhir/Patient/MC-0047812", researcher).body();

    assertThat(byPseudonym)
        .isEqualTo("{\"resourceType\":\"Patient\",\"id\":\"" + id + "\",\"birthDate\":\"1958\"}")
        .isEqualTo(byId);
    assertThat(
            phial.get("/fhir/Patient/" + id, phial.token("visitor", "HRESCH")).statusCode())
        .isEqualTo(403);
    assertThat(saidOf(SAFE_HARBOR)).doesNotContain("MC-0047812");
  }

  /** What lay there before the gateway came is de-identified on its way out. */
  @Test
  void a_record_that_was_stored_by_another_road_is_not_shown_as_it_is() throws Exception {
    RunningGateway phial = phial(SAFE_HARBOR);
    upstream(SAFE_HARBOR)
        .store(
            "/fhir/Patient",
            "{\"resourceType\":\"Patient\",\"id\":\"MC-99\",\"name\":[{\"family\":\"Achterberg\"}],"
                + "\"birthDate\":\"1958-03-14\",\"gender\":\"female\"}");

    HttpResponse<String> read = phial.get("/fhir/Patient", phial.token("researcher", "HRESCH"));

    assertThat(read.statusCode()).as(read.body()).isEqualTo(200);
    assertThat(read.body())
        .contains("\"birthDate\":\"1958\"", "\"gender\":\"female\"", "hs1.")
        .doesNotContain("Achterberg", "1958-03-14", "MC-99");
  }

  @Test
  void every_kind_of_identifier_is_there_but_vehicles_which_fhir_has_among_other_numbers() {
    Policy policy = Objects.requireNonNull(policies.get(SAFE_HARBOR));

    assertThat(policy.elements().values().stream().map(Element::identifier))
        .containsAll(EnumSet.complementOf(EnumSet.of(Identifier.VEHICLE)));
    assertThat(policy.elements().values().stream().map(Element::protection))
        .noneMatch(protection ->
            protection instanceof Protection.Tokenize || protection instanceof Protection.Encrypt);
  }

  static Stream<Path> samples() throws IOException {
    Path fhir = Path.of(System.getProperty("phial.shared", "../../shared")).resolve("data/fhir");
    assumeTrue(Files.isDirectory(fhir), "no sample records at " + fhir);
    try (Stream<Path> files = Files.list(fhir)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .filter(file -> !file.getFileName().toString().startsWith("hospital"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @Test
  void of_whole_sample_records_no_date_and_no_name_is_left() throws Exception {
    for (Path file : samples().toList()) {
      String record = Files.readString(file);
      String stored = sent(SAFE_HARBOR, record);

      Set<String> days = new TreeSet<>();
      leaves(JSON.readTree(stored)).values().forEach(text -> {
        Matcher day = DAY.matcher(text);
        while (day.find()) {
          days.add(day.group());
        }
      });
      assertThat(days).as(String.valueOf(file.getFileName())).isEmpty();
      Set<String> person = person(JSON.readTree(record));
      assertThat(person).hasSizeGreaterThan(8);
      String said = saidOf(SAFE_HARBOR) + sent(LIMITED, record);
      assertThat(person.stream().filter(said::contains)).isEmpty();
    }
  }

  /** What R4, R4B and R5 know besides, one record of each kind; definitions of FHIR itself are no records of people. */
  @Test
  void records_of_every_kind_are_taken_and_keep_no_day() throws Exception {
    Path examples =
        Path.of(System.getProperty("phial.shared", "../../shared")).resolve("data/fhir/examples");
    assumeTrue(Files.isDirectory(examples), "no sample records at " + examples);
    List<Path> files;
    try (Stream<Path> list = Files.list(examples)) {
      files = list.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    Set<String> left = new TreeSet<>();
    for (Path file : files) {
      JsonNode record = JSON.readTree(file.toFile());
      if (!record.path("resourceType").asText().equals("ImplementationGuide")) {
        leaves(JSON.readTree(sent(SAFE_HARBOR, record.toString()))).forEach((place, text) -> {
          if (text.matches("\\d{4}-\\d{2}(-\\d{2}(T.*)?)?")) {
            left.add(place.replaceAll("/\\d+", ""));
          }
        });
        assertThat(sent(LIMITED, record.toString())).as(file.toString()).isNotEmpty();
      }
    }
    assertThat(left)
        .as("of a leaflet and of a list of codes")
        .containsExactly("/education/publicationDate", "/expansion/timestamp");
  }

  /** What names the patient of a sample record. */
  private static Set<String> person(JsonNode bundle) {
    JsonNode patient = bundle.at("/entry/0/resource");
    Set<String> person = new TreeSet<>();
    leaves(patient).forEach((place, text) -> {
      boolean names = place.startsWith("/name/") && !place.endsWith("/use");
      boolean numbers = place.matches("/identifier/\\d+/value|/id|/telecom/\\d+/value");
      boolean street = place.matches("/address/\\d+/(line/\\d+|.*valueDecimal)");
      if ((names || numbers || street) && text.length() > 5) {
        person.add(text);
      }
    });
    return person;
  }

  @Test
  void the_dates_of_each_patient_of_a_bundle_move_together_and_are_shown_as_they_are_stored()
      throws Exception {
    for (Path file : samples().toList()) {
      JsonNode record = JSON.readTree(file.toFile());
      JsonNode stored = JSON.readTree(sent(SHIFTED, record.toString()));
      Map<String, String> before = leaves(record);
      Map<String, String> after = leaves(stored);

      Set<Long> amounts = new HashSet<>();
      int moved = 0;
      for (Map.Entry<String, String> leaf : before.entrySet()) {
        String now = after.getOrDefault(leaf.getKey(), "");
        if (!now.equals(leaf.getValue())) {
          amounts.add(ChronoUnit.DAYS.between(day(leaf.getValue()), day(now)));
          assertThat(now.substring(10)).isEqualTo(leaf.getValue().substring(10));
          moved++;
        }
      }
      assertThat(moved).isGreaterThan(50);
      assertThat(amounts).hasSize(1).doesNotContain(0L);
    }
  }

  private static LocalDate day(String date) {
    return LocalDate.parse(date.substring(0, 10));
  }

  @Test
  void a_shifted_date_is_read_as_it_is_stored_whoever_reads() throws Exception {
    RunningGateway phial = phial(SHIFTED);
    String record = "{\"resourceType\":\"Patient\",\"id\":\"p7\",\"birthDate\":\"1958-03-14\"}";
    String stored = phial
        .put("/fhir/Patient/p7", record, phial.token("application", "HOPERAT"))
        .body();
    HttpResponse<String> read = phial.get("/fhir/Patient/p7", phial.token("researcher", "HRESCH"));

    assertThat(read.body()).isEqualTo(stored).doesNotContain("1958-03-14");
    assertThat(upstream(SHIFTED).stored("/fhir/Patient/p7")).isEqualTo(stored);
  }

  @Test
  void a_date_moves_with_the_patient_whom_the_path_names() throws Exception {
    RunningGateway phial = phial(SHIFTED);
    String token = phial.token("application", "HOPERAT");
    String fhir = phial
        .put(
            "/fhir/Patient/p9",
            "{\"resourceType\":\"Patient\",\"id\":\"p9\",\"birthDate\":\"1958-03-14\"}",
            token)
        .body();
    // The sample server answers in FHIR, which this route does not take: 502. What it got is what
    // counts here.
    HttpResponse<String> made =
        phial.put("/patients/p9/visits/1", "application/json", "{\"date\":\"1958-03-14\"}", token);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(502);

    assertThat(JSON.readTree(upstream(SHIFTED).stored("/patients/p9/visits/1")).path("date"))
        .isEqualTo(JSON.readTree(fhir).path("birthDate"));
  }

  /** The same patient on another channel, and after a rotation of the key. */
  @Test
  void a_date_moves_alike_over_grpc_and_after_a_rotation() throws Exception {
    RunningGateway phial = phial(SHIFTED);
    String record = "{\"resourceType\":\"Patient\",\"id\":\"p8\",\"birthDate\":\"1958-03-14\"}";
    String date = JSON.readTree(phial
            .put("/fhir/Patient/p8", record, phial.token("application", "HOPERAT"))
            .body())
        .path("birthDate")
        .asText();
    try (GrpcClient client = RunningGateway.client(phial.gateway().addresses().grpc())) {
      DeidentifyRequest request = DeidentifyRequest.newBuilder()
          .setElement("date")
          .setValue("1958-03-14")
          .putContext("patient", "p8")
          .build();
      var application = ProtectionServiceGrpc.newBlockingStub(client.channel())
          .withInterceptors(RunningGateway.bearer(phial.token("application", "HOPERAT")));
      assertThat(application.deidentify(request).getValue()).isEqualTo(date);

      rotate(phial, KeyPurpose.KEY_PURPOSE_TOKENIZE);
      assertThat(application.deidentify(request).getValue()).isEqualTo(date);
      assertThat(application.deidentify(request).getKeyVersion()).isEqualTo(1);
    }
    assertThat(phial
            .put("/fhir/Patient/p8", record, phial.token("application", "HOPERAT"))
            .body())
        .contains(date);
  }

  private static void rotate(RunningGateway phial, KeyPurpose purpose) {
    try (GrpcClient client =
        RunningGateway.client(phial.gateway().addresses().admin().orElseThrow())) {
      var unused = AdminServiceGrpc.newBlockingStub(client.channel())
          .withInterceptors(RunningGateway.bearer(phial.adminToken("officer.user", "officer")))
          .rotateKeyset(RotateKeysetRequest.newBuilder()
              .setTenant("default")
              .setPurpose(purpose)
              .build());
    }
  }

  @Test
  void a_date_that_is_nobodys_is_refused_and_nothing_of_it_is_forwarded() throws Exception {
    RunningGateway phial = phial(SHIFTED);
    int before = upstream(SHIFTED).requests();
    String nobodys =
        "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[{\"resource\":{\"resourceType\":\"Observation\","
            + "\"effectiveDateTime\":\"1958-03-14\"}}]}";

    HttpResponse<String> refused =
        phial.post("/fhir", nobodys, phial.token("application", "HOPERAT"));

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body())
        .contains(
            "element date (Observation.effectiveDateTime) at /entry/0/resource/effectiveDateTime",
            "none of the route's patient selectors finds one here")
        .doesNotContain("1958");
    assertThat(upstream(SHIFTED).requests()).isEqualTo(before);
  }

  private static Map<String, String> leaves(JsonNode node) {
    Map<String, String> leaves = new TreeMap<>();
    collect(node, "", leaves);
    return leaves;
  }

  private static void collect(JsonNode node, String place, Map<String, String> leaves) {
    if (node.isObject()) {
      node.properties()
          .forEach(member -> collect(member.getValue(), place + "/" + member.getKey(), leaves));
    } else if (node.isArray()) {
      List<JsonNode> items = new ArrayList<>();
      node.forEach(items::add);
      for (int i = 0; i < items.size(); i++) {
        collect(items.get(i), place + "/" + i, leaves);
      }
    } else {
      leaves.put(place, node.asText());
    }
  }
}
