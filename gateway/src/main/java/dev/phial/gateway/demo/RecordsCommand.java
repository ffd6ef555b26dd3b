package dev.phial.gateway.demo;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code phial records}. */
@Command(
    name = "records",
    description =
        "Runs the demonstration's record server alone, to have something behind a gateway: it stores in memory what it is sent.",
    footer = {
      "",
      "Example:",
      "  phial records --port 8081      # what config/phial.yaml expects behind it",
    },
    mixinStandardHelpOptions = true)
public final class RecordsCommand implements Callable<Integer> {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8081",
      description = "where to listen on 127.0.0.1 (default: ${DEFAULT-VALUE})")
  private int port;

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (RecordServer records = RecordServer.start(port)) {
      System.out.println("record server on 127.0.0.1:" + records.port()
          + ": POST and GET /fhir/TYPE, PUT and GET /fhir/TYPE/ID");
      new CountDownLatch(1).await(); // until Ctrl-C
    }
    return 0;
  }
}
