package dev.phial.gateway.cli;

import dev.phial.gateway.grpc.GrpcClient;
import dev.phial.proto.v1.DocumentServiceGrpc;
import dev.phial.proto.v1.DocumentServiceGrpc.DocumentServiceStub;
import dev.phial.proto.v1.DocumentStart;
import dev.phial.proto.v1.ProtectionServiceGrpc;
import dev.phial.proto.v1.ProtectionServiceGrpc.ProtectionServiceBlockingStub;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.StatusRuntimeException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A command over values on standard input, one a line: never as arguments, since those show in {@code ps} and in the shell's
 * history. Lines go to the gateway in batches; answers keep their order; a refused line is said on standard error with its number
 * and leaves an empty line, so that output lines stay beside input lines.
 */
abstract class ValueCommand implements Callable<Integer> {
  private static final int BATCH = 100;
  private static final long DEADLINE_SECONDS = 30;
  private static final long DOCUMENT_DEADLINE_HOURS = 12;

  @Spec
  private CommandSpec spec;

  @Mixin
  private DataServerOptions server = new DataServerOptions();

  @Option(
      names = {"-e", "--element"},
      paramLabel = "ELEMENT",
      required = true,
      description = "the data element's name in the policy")
  String element = "";

  @Option(
      names = "--context",
      paramLabel = "KEY=VALUE",
      description = "context bound to the value; the same must be given to take it back")
  Map<String, String> context = new LinkedHashMap<>();

  @Option(names = "--json", description = "one JSON object a line")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets the spec
  ValueCommand() {}

  /** The role for which a token is made when none is asked for. */
  abstract String fittingRole();

  /** One result for each line. */
  abstract List<LineResult> batch(ProtectionServiceBlockingStub gateway, List<String> lines);

  /** Whether standard input is one document instead of lines; false where there are none. */
  boolean isDocument() {
    return false;
  }

  /** Sends standard input through as one document, to standard output. */
  void document(DocumentServiceStub gateway) throws IOException {
    throw new IllegalStateException("this command takes no document");
  }

  /** What the document is. */
  DocumentStart start() {
    return DocumentStart.newBuilder().setElement(element).putAllContext(context).build();
  }

  @Override
  public Integer call() throws IOException {
    try (GrpcClient client = server.connect();
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      Channel channel =
          ClientInterceptors.intercept(client.channel(), server.credentials(fittingRole()));
      return isDocument() ? document(channel) : run(channel, in);
    }
  }

  private int document(Channel channel) throws IOException {
    try {
      document(DocumentServiceGrpc.newStub(channel)
          .withDeadlineAfter(DOCUMENT_DEADLINE_HOURS, TimeUnit.HOURS));
      return ExitCode.OK;
    } catch (StatusRuntimeException e) {
      throw Failures.of(e, server);
    }
  }

  private int run(Channel channel, BufferedReader in) throws IOException {
    int refused = 0;
    int done = 0;
    for (List<String> lines = next(in); !lines.isEmpty(); lines = next(in)) {
      List<LineResult> results = send(channel, lines);
      for (LineResult result : results) {
        done++;
        refused += print(done, result);
      }
    }
    return refused == 0 ? ExitCode.OK : ExitCode.REFUSED;
  }

  private List<LineResult> send(Channel channel, List<String> lines) {
    try {
      return batch(
          ProtectionServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS),
          lines);
    } catch (StatusRuntimeException e) {
      throw Failures.of(e, server);
    }
  }

  private static List<String> next(BufferedReader in) throws IOException {
    List<String> lines = new ArrayList<>();
    String line = in.readLine();
    while (line != null) {
      lines.add(line);
      boolean more = lines.size() < BATCH && in.ready();
      line = more ? in.readLine() : null;
    }
    return lines;
  }

  /** Prints a result; gives 1 for a refused one. */
  private int print(int number, LineResult result) {
    PrintWriter out = spec.commandLine().getOut();
    if (result.refusal() != null) {
      spec.commandLine()
          .getErr()
          .println(
              "line " + number + ": " + result.details().get("reason") + ": " + result.refusal());
    }
    if (json) {
      out.println(JsonLine.of(number, result));
    } else {
      out.println(result.text() == null ? "" : result.text());
    }
    out.flush();
    return result.refusal() == null ? 0 : 1;
  }
}
