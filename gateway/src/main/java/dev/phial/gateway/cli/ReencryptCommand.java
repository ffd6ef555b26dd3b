package dev.phial.gateway.cli;

import dev.phial.proto.v1.BatchReencryptRequest;
import dev.phial.proto.v1.DecryptRequest;
import dev.phial.proto.v1.EncryptResponse;
import dev.phial.proto.v1.EncryptResult;
import dev.phial.proto.v1.ProtectionServiceGrpc.ProtectionServiceBlockingStub;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code phial reencrypt}. */
@Command(
    name = "reencrypt",
    description =
        "Encrypts sealed values, one a line on standard input, again under the primary key version. Shows no value.",
    footer = {
      "",
      "Example:",
      "  phial keys rotate --tenant main --keyset encrypt",
      "  phial reencrypt -e given_name <old.txt >new.txt",
      "",
      "With --json, each line says key_version and whether the value was unchanged.",
    },
    mixinStandardHelpOptions = true)
public final class ReencryptCommand extends ValueCommand {

  @Override
  String fittingRole() {
    return "application";
  }

  @Override
  List<LineResult> batch(ProtectionServiceBlockingStub gateway, List<String> lines) {
    BatchReencryptRequest.Builder batch = BatchReencryptRequest.newBuilder();
    lines.forEach(line -> batch.addItems(DecryptRequest.newBuilder()
        .setElement(element)
        .setCiphertext(line)
        .putAllContext(context)));
    return gateway.batchReencrypt(batch.build()).getResultsList().stream()
        .map(ReencryptCommand::result)
        .toList();
  }

  private static LineResult result(EncryptResult result) {
    EncryptResponse renewed = result.getResponse();
    return result.hasRefusal()
        ? Refusals.of(result.getRefusal())
        : LineResult.of(
            renewed.getCiphertext(),
            Map.of("key_version", renewed.getKeyVersion(), "unchanged", renewed.getUnchanged()));
  }
}
