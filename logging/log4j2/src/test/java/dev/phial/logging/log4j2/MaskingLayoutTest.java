package dev.phial.logging.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.xml.XmlConfiguration;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A logger with a file behind it, configured as an application would. */
class MaskingLayoutTest {
  private static final String SSN = "536-90-4399";
  /** One of each identifier, as applications call it, and what of it must not be found. */
  private static final String[][] CANARIES = {
    {"patient_name", "Quillfeather", "Quillfeather"},
    {"home_address", "4471 Brackenmoor Lane", "Brackenmoor"},
    {"dob", "1961-11-23", "1961-11-23"},
    {"phone", "212-555-0143", "555-0143"},
    {"fax", "617-555-0188", "555-0188"},
    {"email", "quill.canary@example.org", "quill.canary"},
    {"ssn", "536-27-8841", "27-8841"},
    {"mrn", "44719208", "44719208"},
    {"member_id", "1EG4-TE5-MK73", "TE5-MK73"},
    {"card_number", "4012888888881881", "881881"},
    {"npi", "1245319599", "1245319599"},
    {"vin", "1M8GDM9AXKP042788", "KP042788"},
    {"device_serial", "SN7788123Q", "7788123"},
    {"url", "https://portal.example.org/p/canary77", "canary77"},
    {"client_ip", "10.86.169.121", "169.121"},
    {"fingerprint", "FPZ99182773", "99182773"},
    {"photo", "facequill881.jpg", "facequill881"},
    {"employee_id", "ZQ-5519-77", "5519-77"}
  };

  private static final String PATTERN = "<PatternLayout pattern=\"%level %X{user} %msg%n%ex\"/>";

  @TempDir
  Path directory = Path.of("");

  private String logged(String policy, String inner, Consumer<Logger> logging) throws Exception {
    Path file = directory.resolve("app.log");
    String configuration = """
        <Configuration status="OFF">
          <Appenders><File name="file" fileName="%s"><MaskingLayout%s>%s</MaskingLayout></File></Appenders>
          <Loggers><Root level="INFO"><AppenderRef ref="file"/></Root></Loggers>
        </Configuration>
        """.formatted(file, policy, inner);
    LoggerContext context = new LoggerContext("test");
    context.start(new XmlConfiguration(
        context,
        new ConfigurationSource(
            new ByteArrayInputStream(configuration.getBytes(StandardCharsets.UTF_8)))));
    logging.accept(context.getLogger("app"));
    context.stop();
    return Files.exists(file) ? Files.readString(file) : "";
  }

  @Test
  void masks_messages_parameters_context_and_stack_traces() throws Exception {
    String text = logged("", PATTERN, log -> {
      ThreadContext.put("user", "ssn=" + SSN);
      log.info("patient with SSN {} came", SSN);
      log.error("failed", new IllegalStateException("no record for SSN " + SSN));
      ThreadContext.clearAll();
    });
    assertThat(text).doesNotContain(SSN).contains("INFO ", "patient with SSN ", "failed\n");
    assertThat(text).contains("java.lang.IllegalStateException: no record for SSN ", "\tat ");
  }

  /** Threat T22. */
  @Test
  void no_identifier_is_seen_in_messages_arguments_context_or_causes() throws Exception {
    String text = logged("", PATTERN, log -> {
      for (String[] canary : CANARIES) {
        String field = canary[0] + "=" + canary[1];
        ThreadContext.put("user", field);
        log.info("failed for " + field);
        log.info("failed for {}", field);
        log.info("{\"p\":\"{\\\"" + canary[0] + "\\\":\\\"" + canary[1] + "\\\"}\"}");
        log.error("failed", new IllegalStateException(field, new java.io.IOException(field)));
        log.info("forged\r\nINFO  by " + field + " \u2028 \u001b[31m ${jndi:ldap://x} " + field);
        ThreadContext.clearAll();
      }
    });
    for (String[] canary : CANARIES) {
      assertThat(text).doesNotContain(canary[2]);
    }
    assertThat(text.split("failed for ", -1)).hasSizeGreaterThan(2 * CANARIES.length);
    assertThat(text).contains("*NAME*", "*BIOMETRIC*", "Caused by: java.io.IOException: ");
  }

  @Test
  void leaves_lines_without_findings_as_they_are() throws Exception {
    assertThat(logged("", PATTERN, log -> log.info("started in 5 ms")))
        .isEqualTo("INFO  started in 5 ms\n");
    assertThat(logged(" policy=\"limited-data-set\"", PATTERN, log -> log.info("SSN " + SSN)))
        .doesNotContain(SSN);
  }

  @Test
  void what_cannot_be_masked_is_not_written() {
    MaskingLayout layout = new MaskingLayout(PatternLayout.createDefaultLayout(), events -> {
      throw new AssertionError("defect");
    });
    var event = Log4jLogEvent.newBuilder()
        .setMessage(new SimpleMessage("patient " + SSN))
        .build();
    assertThat(layout.toSerializable(event))
        .isEqualTo("(a log event is left out: it could not be masked)\n");
  }

  @Test
  void writes_nothing_in_the_clear_when_it_is_not_configured_right() throws Exception {
    assertThat(logged("", "", log -> log.info("patient " + SSN))).doesNotContain(SSN);
    assertThat(logged(" policy=\"none\"", PATTERN, log -> log.info("patient " + SSN)))
        .doesNotContain(SSN);
  }
}
