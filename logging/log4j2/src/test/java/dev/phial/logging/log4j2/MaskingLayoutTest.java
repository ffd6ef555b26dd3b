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
