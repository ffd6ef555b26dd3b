package dev.phial.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the whole gateway does when it is unsure: a precise error, and nothing forwarded. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailClosedEndToEndTest {
  private static final String CANARY = "536-27-8841";
  private static final String RECORD = "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":"
      + "\"http://hl7.org/fhir/sid/us-ssn\",\"value\":\"" + CANARY + "\"}]}";

  @SuppressWarnings("NullAway.Init")
  private RecordingUpstream upstream;

  @SuppressWarnings("NullAway.Init")
  private RunningGateway phial;

  private int before;

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    upstream = new RecordingUpstream();
    phial = new RunningGateway(data, upstream.port(), "limits.max_body=64KiB");
  }

  @AfterAll
  void stop() {
    phial.close();
    upstream.close();
  }

  @BeforeEach
  void count() {
    before = upstream.requests();
  }

  @AfterEach
  void nothing_was_said_of_the_canary() throws IOException {
    assertThat(upstream.everything()).doesNotContain(CANARY);
    assertThat(phial.auditLog()).doesNotContain(CANARY);
  }

  private String application() {
    return phial.token("application", "TREAT");
  }

  private void assertRefused(HttpResponse<String> answer, int status, String hint) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(hint).doesNotContain(CANARY);
    assertThat(upstream.requests()).as("requests forwarded").isEqualTo(before);
  }

  @Test
  void an_unknown_route() throws Exception {
    assertRefused(phial.post("/admin/dump", RECORD, application()), 404, "route");
  }

  @Test
  void no_credentials() throws Exception {
    assertRefused(phial.post("/fhir/Patient", RECORD, ""), 401, "");
  }

  @Test
  void a_token_that_is_none() throws Exception {
    assertRefused(phial.post("/fhir/Patient", RECORD, "eyJhbGciOiJub25lIn0.e30."), 401, "");
  }

  @Test
  void a_caller_who_may_not_write() throws Exception {
    assertRefused(
        phial.post("/fhir/Patient", RECORD, phial.token("clinician", "TREAT")), 403, "ssn");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"resourceType\":\"Patient\",",
        "{\"resourceType\":\"Patient\"} {}",
        "{\"resourceType\":\"Patient\",\"id\":\"1\",\"id\":\"2\"}",
        "{\"resourceType\":\"Patient\",\"x\":\"\\ud800\"}",
        "not json",
      })
  void a_body_that_is_not_strict_json(String body) throws Exception {
    assertRefused(phial.post("/fhir/Patient", body, application()), 400, "");
  }

  @Test
  void a_body_over_the_limit() throws Exception {
    String large = "{\"resourceType\":\"Patient\",\"x\":\"" + "y".repeat(70_000) + "\"}";

    assertRefused(phial.post("/fhir/Patient", large, application()), 413, "");
  }

  @Test
  void a_value_that_does_not_fit_its_element() throws Exception {
    String record = RECORD.replace(CANARY, CANARY + "99");

    assertRefused(phial.post("/fhir/Patient", record, application()), 422, "ssn");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"identifier\":[{\"system\":\"http://hl7.org/fhir/sid/us-ssn\",\"value\":\"536-27-8841\"}]}",
        "[{\"resourceType\":\"Patient\",\"x\":\"536-27-8841\"}]",
        "{\"ResourceType\":\"Patient\",\"x\":\"536-27-8841\"}",
        "{\"resourceType\":7,\"x\":\"536-27-8841\"}",
        "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"x\":\"536-27-8841\"}}]}",
        "{\"resourceType\":\"Basic\",\"contained\":[{\"x\":\"536-27-8841\"}]}",
        "{\"resourceType\":\"Parameters\",\"parameter\":[{\"part\":[{\"resource\":{\"x\":\"536-27-8841\"}}]}]}",
      })
  void a_resource_that_does_not_say_what_it_is(String body) throws Exception {
    assertRefused(phial.post("/fhir/Patient", body, application()), 422, "resourceType");
  }

  @Test
  void a_query_parameter_that_could_carry_a_patient() throws Exception {
    assertRefused(
        phial.get("/fhir/Patient?identifier=" + CANARY, application()), 400, "identifier");
  }

  @Test
  void a_stored_value_that_is_not_authentic() throws Exception {
    HttpResponse<String> made = phial.post(
        "/fhir/Patient",
        "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Achterberg\"}]}",
        application());
    String path = made.headers().firstValue("Location").orElseThrow();
    StringBuilder stored = new StringBuilder(upstream.stored(path));
    int inside = stored.indexOf("phial:v1:") + 80;
    stored.setCharAt(inside, stored.charAt(inside) == 'A' ? 'B' : 'A');
    upstream.store(path, stored.toString());

    HttpResponse<String> read = phial.get(path, phial.token("clinician", "TREAT"));

    assertThat(read.statusCode()).isEqualTo(502);
    assertThat(read.body()).doesNotContain("Achterberg");
  }

  @Test
  void another_tenants_record() throws Exception {
    HttpResponse<String> made = phial.post(
        "/fhir/Patient",
        "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Achterberg\"}]}",
        application());
    String path = made.headers().firstValue("Location").orElseThrow();

    HttpResponse<String> read = phial.get(path, phial.token("lakeside", "clinician", "TREAT"));

    assertThat(read.statusCode()).isEqualTo(502);
    assertThat(read.body()).doesNotContain("Achterberg");
  }
}
