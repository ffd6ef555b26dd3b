package dev.phial.gateway.cli;

import dev.phial.gateway.grpc.GrpcClient;
import dev.phial.proto.v1.AdminServiceGrpc;
import dev.phial.proto.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import dev.phial.proto.v1.Keyset;
import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands about keys share: a connection to the admin API, and answers as a table or as JSON. */
abstract class AdminCommand implements Callable<Integer> {
  private static final String ROLE = "security-officer";

  @Spec
  private CommandSpec spec;

  @Mixin
  private AdminServerOptions server = new AdminServerOptions();

  @Option(names = "--json", description = "one JSON object a line instead of a table")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets the spec
  AdminCommand() {}

  /** Calls, and shows the keysets that it gives. */
  final int show(Function<AdminServiceBlockingStub, List<Keyset>> call) {
    return print(ask(call), KeysetText::json, KeysetText::table);
  }

  final <T> int print(
      List<T> found, Function<List<T>, String> asJson, Function<List<T>, String> asTable) {
    out().print((json ? asJson : asTable).apply(found));
    out().flush();
    return ExitCode.OK;
  }

  final <T> T ask(Function<AdminServiceBlockingStub, T> call) {
    try (GrpcClient client = server.connect()) {
      return call.apply(AdminServiceGrpc.newBlockingStub(client.channel())
          .withInterceptors(server.credentials(ROLE), EachCallsDeadline.of(30, TimeUnit.SECONDS)));
    } catch (StatusRuntimeException e) {
      throw Failures.of(e, server);
    }
  }

  /** For progress and hints: what a script reads comes on standard output. */
  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
