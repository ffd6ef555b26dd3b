package dev.phial.gateway.cli;

import com.google.protobuf.ByteString;
import dev.phial.proto.v1.BatchEncryptRequest;
import dev.phial.proto.v1.EncryptRequest;
import dev.phial.proto.v1.EncryptResponse;
import dev.phial.proto.v1.EncryptResult;
import dev.phial.proto.v1.ProtectionServiceGrpc.ProtectionServiceBlockingStub;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code phial encrypt}. */
@Command(
    name = "encrypt",
    description = "Seals values, one a line on standard input.",
    footer = {
      "",
      "Examples:",
      "  echo Rosalind | phial encrypt --element given_name",
      "  phial encrypt -e given_name --json <names.txt",
    },
    mixinStandardHelpOptions = true)
public final class EncryptCommand extends ValueCommand {

  @Override
  String fittingRole() {
    return "application";
  }

  @Override
  List<LineResult> batch(ProtectionServiceBlockingStub gateway, List<String> lines) {
    BatchEncryptRequest.Builder batch = BatchEncryptRequest.newBuilder();
    lines.forEach(line -> batch.addItems(EncryptRequest.newBuilder()
        .setElement(element)
        .setPlaintext(ByteString.copyFromUtf8(line))
        .putAllContext(context)));
    return gateway.batchEncrypt(batch.build()).getResultsList().stream()
        .map(EncryptCommand::result)
        .toList();
  }

  private static LineResult result(EncryptResult result) {
    EncryptResponse made = result.getResponse();
    return result.hasRefusal()
        ? Refusals.of(result.getRefusal())
        : LineResult.of(
            made.getCiphertext(),
            Map.of("key_version", made.getKeyVersion(), "index", made.getIndex()));
  }
}
