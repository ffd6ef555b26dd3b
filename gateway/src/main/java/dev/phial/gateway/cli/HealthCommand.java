package dev.phial.gateway.cli;

import dev.phial.gateway.config.Address;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code phial health}. */
@Command(
    name = "health",
    description =
        "Asks a running gateway on this machine whether it is ready; exit code 0, 1 or 69.",
    mixinStandardHelpOptions = true)
public final class HealthCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Mixin
  private ConfigOptions config = new ConfigOptions();

  @SuppressWarnings("NullAway.Init") // picocli sets the spec
  public HealthCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    Address.Tcp management =
        (Address.Tcp) config.load(System.getenv()).listeners().management().address();
    String host = management.host().equals("0.0.0.0") ? "127.0.0.1" : management.host();
    URI readyz = URI.create("http://" + new Address.Tcp(host, management.port()) + "/readyz");
    PrintWriter out = spec.commandLine().getOut();
    try {
      HttpResponse<String> answer = HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(readyz).timeout(Duration.ofSeconds(3)).build(),
              HttpResponse.BodyHandlers.ofString());
      out.print(answer.body());
      out.flush();
      return answer.statusCode() == 200 ? ExitCode.OK : ExitCode.REFUSED;
    } catch (IOException e) {
      throw new CommandException(ExitCode.UNAVAILABLE, "no gateway answers at " + readyz);
    }
  }
}
