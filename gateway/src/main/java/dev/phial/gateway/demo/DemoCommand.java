package dev.phial.gateway.demo;

import dev.phial.gateway.Gateway;
import dev.phial.gateway.config.ConfigLoader;
import dev.phial.gateway.config.GatewayConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code phial demo}. */
@Command(
    name = "demo",
    description = {
      "Starts the gateway on its embedded defaults with a sample record server behind it, sends invented patients through, and shows who"
          + " sees what. Then stays up, to be tried.",
    },
    footer = {
      "",
      "Examples:",
      "  phial demo",
      "  phial demo --once     # ends after its own checks: exit code 0 or 1"
    },
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--once",
      description = "end after the checks; exit code 0 when all hold, 1 otherwise")
  private boolean once;

  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintStream out = System.out;
    Path data = Files.createTempDirectory("phial-demo-");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> onSignal(out), "phial-demo-shutdown"));
    try (RecordServer records = RecordServer.start(Ports.freeOr(8081))) {
      return run(out, records, config(data, records.port()));
    } finally {
      Folders.delete(data);
      ended.countDown();
    }
  }

  private int run(PrintStream out, RecordServer records, GatewayConfig config)
      throws InterruptedException {
    try (Gateway gateway = Gateway.start(config)) {
      introduce(out, gateway, records);
      boolean held = new Demo(new LiveStage(gateway, records, config), out).run();
      out.println(
          held
              ? "Everything is as it should be."
              : "Something is NOT as it should be: see [FAILED] above.");
      if (!once) {
        out.println();
        out.print(WhatNext.text(gateway.addresses(), config));
        stop.await();
      }
      return held ? 0 : 1;
    }
  }

  /** Ctrl-C ends the waiting. The JVM exits when this returns: when all is closed and the folder is gone. */
  private void onSignal(PrintStream out) {
    if (ended.getCount() > 0) {
      out.println("stopping");
    }
    stop.countDown();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static GatewayConfig config(Path data, int recordServer) {
    String home = System.getProperty("phial.home", ".");
    Path file = Path.of(home, "config", "phial.yaml");
    return new ConfigLoader()
        .load(
            file,
            Map.of(),
            List.of(
                "data_dir=" + data,
                "upstreams.ehr.url=http://127.0.0.1:" + recordServer,
                "listeners.http.address=127.0.0.1:" + Ports.freeOr(8080),
                "listeners.grpc.address=127.0.0.1:" + Ports.freeOr(7443),
                "listeners.admin.address=127.0.0.1:" + Ports.freeOr(7444),
                "listeners.management.address=127.0.0.1:" + Ports.freeOr(9464)));
  }

  private static void introduce(PrintStream out, Gateway gateway, RecordServer records) {
    InetSocketAddress http = (InetSocketAddress) gateway.addresses().http();
    out.println();
    out.println("Phial stands between an application and its record server:");
    out.println();
    out.println("  application, clinician, support  ──►  Phial 127.0.0.1:" + http.getPort()
        + "  ──►  record server 127.0.0.1:" + records.port());
    out.println();
  }
}
