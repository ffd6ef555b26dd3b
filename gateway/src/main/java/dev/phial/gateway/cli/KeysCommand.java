package dev.phial.gateway.cli;

import dev.phial.gateway.grpc.GrpcClient;
import dev.phial.proto.v1.AdminServiceGrpc;
import dev.phial.proto.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import dev.phial.proto.v1.KeyPurpose;
import dev.phial.proto.v1.Keyset;
import dev.phial.proto.v1.ListKeysetsRequest;
import dev.phial.proto.v1.RotateKeysetRequest;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code phial keys}. */
@Command(
    name = "keys",
    description = "The key life cycle, through the admin API.",
    subcommands = {KeysCommand.ListKeysets.class, KeysCommand.Rotate.class},
    mixinStandardHelpOptions = true)
public final class KeysCommand {
  private static final String ROLE = "security-officer";

  /** What both commands share. */
  abstract static class AdminCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Mixin
    ServerOptions server = new ServerOptions();

    @Option(names = "--json", description = "one JSON object for each keyset")
    boolean json;

    @SuppressWarnings("NullAway.Init") // picocli sets the spec
    AdminCommand() {}

    int show(Function<AdminServiceBlockingStub, List<Keyset>> call) {
      try (GrpcClient client = server.connect()) {
        List<Keyset> keysets = call.apply(AdminServiceGrpc.newBlockingStub(client.channel())
            .withInterceptors(server.credentials(ROLE))
            .withDeadlineAfter(30, TimeUnit.SECONDS));
        spec.commandLine()
            .getOut()
            .print(json ? KeysetText.json(keysets) : KeysetText.table(keysets));
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
      } catch (StatusRuntimeException e) {
        throw Failures.of(e, () -> server.address().toString());
      }
    }
  }

  /** {@code phial keys list}. */
  @Command(
      name = "list",
      description = "Lists keysets with their versions.",
      mixinStandardHelpOptions = true)
  static final class ListKeysets extends AdminCommand {
    @Option(names = "--tenant", paramLabel = "TENANT", description = "of one tenant only")
    private String tenant = "";

    @Override
    public Integer call() {
      ListKeysetsRequest request =
          ListKeysetsRequest.newBuilder().setTenant(tenant).build();
      return show(admin -> admin.listKeysets(request).getKeysetsList());
    }
  }

  /** {@code phial keys rotate}. */
  @Command(
      name = "rotate",
      description = "Adds a version to a keyset and makes it primary. Old data still opens.",
      footer = {"", "Example:", "  phial keys rotate --tenant default --keyset encrypt"},
      mixinStandardHelpOptions = true)
  static final class Rotate extends AdminCommand {
    /** Purposes as the shell writes them. */
    enum Purpose {
      ENCRYPT,
      TOKENIZE,
      INDEX
    }

    @Option(
        names = "--tenant",
        paramLabel = "TENANT",
        required = true,
        description = "whose keyset")
    private String tenant = "";

    @Option(
        names = "--keyset",
        paramLabel = "PURPOSE",
        required = true,
        description = "which of the tenant's keysets: encrypt, tokenize or index")
    private Purpose purpose = Purpose.ENCRYPT;

    @Override
    public Integer call() {
      RotateKeysetRequest request = RotateKeysetRequest.newBuilder()
          .setTenant(tenant)
          .setPurpose(KeyPurpose.valueOf("KEY_PURPOSE_" + purpose.name()))
          .build();
      return show(admin -> List.of(admin.rotateKeyset(request).getKeyset()));
    }
  }
}
