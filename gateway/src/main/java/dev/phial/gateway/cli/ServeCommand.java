package dev.phial.gateway.cli;

import dev.phial.gateway.Gateway;
import dev.phial.gateway.config.Address;
import dev.phial.gateway.config.GatewayConfig;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code phial serve}. */
@Command(
    name = "serve",
    description = "Runs the gateway until it is told to stop (Ctrl-C or SIGTERM), then drains.",
    footer = {
      "",
      "Examples:",
      "  phial serve --config config/phial.yaml",
      "  phial serve --upstream ehr=http://127.0.0.1:9000",
      "  PHIAL_LISTENERS_HTTP_ADDRESS=127.0.0.1:9080 phial serve",
    },
    mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Mixin
  private ConfigOptions config = new ConfigOptions();

  @SuppressWarnings("NullAway.Init") // picocli sets the spec
  public ServeCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    GatewayConfig loaded = config.load(System.getenv());
    CountDownLatch stopped = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Gateway gateway = Gateway.start(loaded);
    try {
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> stop(stopped, closed), "phial-shutdown"));
      print(out, gateway.addresses());
      stopped.await();
      out.println("stopping: requests under way are finished first");
      out.flush();
    } finally {
      gateway.close();
      closed.countDown();
    }
    return ExitCode.OK;
  }

  private static void print(PrintWriter out, Gateway.Addresses addresses) {
    out.println("phial is ready");
    out.println("  http        " + text(addresses.http()));
    out.println("  grpc        " + text(addresses.grpc()));
    out.println("  admin       "
        + addresses
            .admin()
            .map(ServeCommand::text)
            .orElse("none: nobody can administer this gateway (listeners.admin)"));
    out.println("  management  " + text(addresses.management()) + "   /livez /readyz /metrics");
    new TreeMap<>(addresses.logs())
        .forEach((name, address) -> out.println("  logs " + name + "  " + text(address)));
    out.flush();
  }

  private static String text(SocketAddress address) {
    return address instanceof InetSocketAddress inet
        ? new Address.Tcp(inet.getAddress().getHostAddress(), inet.getPort()).toString()
        : "unix:" + address;
  }

  /** The JVM exits when its shutdown hooks have run: this one waits until the gateway is closed. */
  private static void stop(CountDownLatch stopped, CountDownLatch closed) {
    stopped.countDown();
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
