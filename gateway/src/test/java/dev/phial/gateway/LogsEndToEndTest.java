package dev.phial.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.gateway.logs.LineServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole gateway with a receiver of logs, as configured, with the policy that is shipped and one with tokens. */
@Timeout(180)
class LogsEndToEndTest {
  private static final Path ROOT = Path.of(System.getProperty("phial.root", ".."));
  private static final String SSN = "536-90-4399";

  @TempDir
  Path directory = Path.of("");

  private RunningGateway gateway(int destination, String... more) {
    String[] sets = {
      "logs.receivers.app.protocol=syslog-tcp",
      "logs.receivers.app.address=127.0.0.1:0",
      "logs.receivers.app.to.url=tcp://127.0.0.1:" + destination
    };
    String[] all = java.util.stream.Stream.concat(
            java.util.Arrays.stream(sets), java.util.Arrays.stream(more))
        .toArray(String[]::new);
    return new RunningGateway(directory.resolve("data"), 1, all);
  }

  private static void send(RunningGateway gateway, String text) throws IOException {
    InetSocketAddress address = (InetSocketAddress)
        Objects.requireNonNull(gateway.gateway().addresses().logs().get("app"));
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
    }
  }

  @Test
  void masks_logs_as_the_policy_says_and_counts() throws Exception {
    try (LineServer server = new LineServer();
        RunningGateway gateway = gateway(server.port())) {
      send(gateway, "<13>1 - host app - - - patient with SSN " + SSN + " came\n<13>last line\n");
      String masked = server.await("last line");
      assertThat(masked).doesNotContain(SSN).contains("host app", "came");
      assertThat(gateway.management("/metrics"))
          .contains("phial_logs_received_total{receiver=\"app\"} 2.0")
          .contains("identifier=\"SSN\"");
      assertThat(gateway.management("/readyz")).doesNotContain(SSN);
    }
  }

  @Test
  void gives_the_tokens_of_the_data_path() throws Exception {
    Path policy = policyWith("detect: [hipaa]\n  treat: { mrn: token }\n  keys: { mrn: mrn }");
    try (LineServer server = new LineServer();
        RunningGateway gateway = gateway(
            server.port(),
            "policy=" + policy,
            "logs.caller.roles=application",
            "logs.caller.purpose=TREAT")) {
      send(gateway, "<13>1 - host app - - - lookup mrn=83104426 done\n<13>last line\n");
      String masked = server.await("last line");
      assertThat(masked).doesNotContain("83104426").containsPattern("\\*mrn:[A-Za-z0-9_.-]+\\*");
      assertThat(gateway.auditLog()).contains("\"logs\"", "\"mrn\"").doesNotContain("83104426");
    }
  }

  @Test
  void does_not_start_when_nobody_said_how_logs_are_masked_or_tokens_may_not_be_had()
      throws Exception {
    Path silent = policyWith("");
    assertThatThrownBy(() -> gateway(1, "policy=" + silent))
        .hasMessageContaining("give it a section 'logs'");
    Path tokens = policyWith("detect: [hipaa]\n  treat: { mrn: token }\n  keys: { mrn: mrn }");
    assertThatThrownBy(() -> gateway(1, "policy=" + tokens)).hasMessageContaining("logs.caller");
  }

  private Path policyWith(String logs) throws IOException {
    String shipped = Files.readString(ROOT.resolve("config/policy.yaml"));
    int section = shipped.indexOf("\nlogs:");
    String others = section < 0 ? shipped : shipped.substring(0, section + 1);
    return Files.writeString(
        directory.resolve("policy.yaml"),
        logs.isEmpty() ? others : others + "logs:\n  " + logs + "\n");
  }
}
