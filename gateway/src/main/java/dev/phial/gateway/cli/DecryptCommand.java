package dev.phial.gateway.cli;

import dev.phial.proto.v1.BatchDecryptRequest;
import dev.phial.proto.v1.DecryptRequest;
import dev.phial.proto.v1.DecryptResponse;
import dev.phial.proto.v1.DecryptResult;
import dev.phial.proto.v1.ProtectionServiceGrpc.ProtectionServiceBlockingStub;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code phial decrypt}. */
@Command(
    name = "decrypt",
    description =
        "Opens sealed values, one a line on standard input, as far as the caller may see them.",
    footer = {
      "",
      "Examples:",
      "  echo Rosalind | phial encrypt -e given_name | phial decrypt -e given_name",
    },
    mixinStandardHelpOptions = true)
public final class DecryptCommand extends ValueCommand {

  @Override
  String fittingRole() {
    return "clinician";
  }

  @Override
  List<LineResult> batch(ProtectionServiceBlockingStub gateway, List<String> lines) {
    BatchDecryptRequest.Builder batch = BatchDecryptRequest.newBuilder();
    lines.forEach(line -> batch.addItems(DecryptRequest.newBuilder()
        .setElement(element)
        .setCiphertext(line)
        .putAllContext(context)));
    return gateway.batchDecrypt(batch.build()).getResultsList().stream()
        .map(DecryptCommand::result)
        .toList();
  }

  private static LineResult result(DecryptResult result) {
    DecryptResponse revealed = result.getResponse();
    return result.hasRefusal()
        ? Refusals.of(result.getRefusal())
        : LineResult.of(
            revealed.getPlaintext().toStringUtf8(),
            Map.of("form", Refusals.word(revealed.getForm())));
  }
}
