package dev.phial.masking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Shapes: what is found keeps its frame, and the frame stays valid. */
class StructureTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      {"mrn":4471920}                                          | {"mrn":"*MRN*"}
      {"a":{"b":[{"patientName":"ann"}]}}                      | {"a":{"b":[{"patientName":"*NAME*"}]}}
      {"name":{"given":["Ann"],"family":"Lee"}}                | {"name":{"given":["*NAME*"],"family":"*NAME*"}}
      {"service":{"name":"billing"},"level":"INFO"}            | {"service":{"name":"billing"},"level":"INFO"}
      {"patient":{"id":"77-1"}}                                | {"patient":{"id":"*MRN*"}}
      {"key":"ssn","value":{"stringValue":"536278841"}}        | {"key":"ssn","value":{"stringValue":"*SSN*"}}
      {"p":"{\\"ssn\\":\\"536-27-8841\\"}"}                    | {"p":"{\\"ssn\\":\\"*SSN*\\"}"}
      {"p":"{\\"mrn\\":4471920}"}                              | {"p":"{\\"mrn\\":\\"*MRN*\\"}"}
      {"t":"\\u0035\\u0033\\u0036-27-8841"}                    | {"t":"*SSN*"}
      {"q":"ssn=536%2D27%2D8841&x=1"}                          | {"q":"ssn=*SSN*&x=1"}
      {"ann.lee@example.org":1}                                | {"*EMAIL*":1}
      level=info mrn="44 71" dob='1984-07-06'                  | level=info mrn="*MRN*" dob='*DATE*'
      GET /p?name=Ann+Lee&page=2&mail=a%40example.org HTTP/1.1 | GET /p?name=*NAME*&page=2&mail=*EMAIL* HTTP/1.1
      WHERE ssn = '536-27-8841' AND x = 1                      | WHERE ssn = '*SSN*' AND x = 1
      INFO got {"ssn":"536-27-8841"} ok                        | INFO got {"ssn":"*SSN*"} ok
      """)
  void keepsItsFrame(String line, String masked) {
    assertThat(Lines.mask(line)).isEqualTo(masked);
  }

  @Test
  void anythingInBase64TakesTheWhole() {
    String text = Base64.getEncoder()
        .encodeToString("patient ssn 536-27-8841 seen".getBytes(StandardCharsets.UTF_8));
    assertThat(Lines.mask("payload=" + text + " ok")).isEqualTo("payload=*SSN* ok");
  }

  @Test
  void hl7KeepsItsDelimiters() {
    String message =
        "MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.5\rPID|1||4471920^^^H^MR||LEE^ANN^Q||19840706|F|||1 MAIN ST^^BOSTON^MA^02139||(212)555-0143";
    String masked = Lines.mask(message);
    assertThat(masked)
        .isEqualTo(
            "MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.5\rPID|1||*MRN*^^^H^MR||*NAME*^*NAME*^*NAME*||*DATE*|F|||*GEO*^^*GEO*^MA^*GEO*||*PHONE*");
  }

  @Test
  void hl7InsideJson() {
    String line =
        "{\"msg\":\"MSH|^~\\\\&|A|B|C|D|1||ADT^A01|1|P|2.5\\rPID|1||4471920||LEE^ANN\\rPV1|1|I\"}";
    assertThat(Lines.mask(line)).contains("PID|1||*MRN*||*NAME*^*NAME*\\rPV1|1|I");
  }

  @Test
  void fhirIsReadByItsPaths() throws Exception {
    String patient =
        "{\"resourceType\":\"Patient\",\"id\":\"77\",\"meta\":{\"lastUpdated\":\"2026-01-02T03:04:05Z\"},\"identifier\":[{\"system\":\"http://hl7.org/fhir/sid/us-ssn\",\"value\":\"999-40-8244\"}],\"name\":[{\"family\":\"Lee\",\"given\":[\"Ann\"]}],\"gender\":\"female\",\"birthDate\":\"1984-07-06\",\"address\":[{\"city\":\"Boston\",\"state\":\"MA\",\"extension\":[{\"url\":\"latitude\",\"valueDecimal\":42.5}]}]}";
    JsonNode masked = JSON.readTree(Lines.mask(patient));
    assertThat(masked.at("/identifier/0/value").asText()).isEqualTo("*SSN*");
    assertThat(masked.at("/name/0/given/0").asText()).isEqualTo("*NAME*");
    assertThat(masked.at("/birthDate").asText()).isEqualTo("*DATE*");
    assertThat(masked.at("/address/0/city").asText()).isEqualTo("*GEO*");
    assertThat(masked.at("/address/0/extension/0/valueDecimal").asText()).isEqualTo("*GEO*");
    assertThat(masked.at("/address/0/state").asText()).isEqualTo("MA");
    assertThat(masked.at("/gender").asText()).isEqualTo("female");
    assertThat(masked.at("/meta/lastUpdated").asText()).isEqualTo("2026-01-02T03:04:05Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":",
        "{\"ssn\":\"536-27-8841\"",
        "[[[[{\"ssn\":\"536-27-8841\"}",
        "{\"a\":tru,\"ssn\":\"536-27-8841\"}",
        "{'ssn':'536-27-8841'}"
      })
  void whatIsNoJsonIsReadAsText(String line) {
    assertThat(Lines.mask(line)).doesNotContain("8841");
  }

  @Test
  void deepJsonIsReadToItsDepth() throws Exception {
    String deep = "[".repeat(5000) + "{\"ssn\":\"536-27-8841\"}" + "]".repeat(5000);
    assertThat(Lines.mask(deep)).isEqualTo(deep.replace("536-27-8841", "*SSN*"));
  }

  @Test
  void stringsInStringsInStrings() throws Exception {
    String inner = "{\"ssn\":\"536-27-8841\",\"mrn\":4471920}";
    String line = inner;
    for (int i = 0; i < 5; i++) {
      line = JSON.writeValueAsString(JSON.createObjectNode().put("p", line));
    }
    String masked = Lines.mask(line);
    for (int i = 0; i < 5; i++) {
      masked = JSON.readTree(masked).get("p").asText();
    }
    assertThat(masked).isEqualTo("{\"ssn\":\"*SSN*\",\"mrn\":\"*MRN*\"}");
  }
}
