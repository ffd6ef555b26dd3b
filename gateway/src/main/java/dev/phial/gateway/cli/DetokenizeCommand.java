package dev.phial.gateway.cli;

import dev.phial.proto.v1.BatchDetokenizeRequest;
import dev.phial.proto.v1.DetokenizeRequest;
import dev.phial.proto.v1.DetokenizeResponse;
import dev.phial.proto.v1.DetokenizeResult;
import dev.phial.proto.v1.ProtectionServiceGrpc.ProtectionServiceBlockingStub;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code phial detokenize}. */
@Command(
    name = "detokenize",
    description =
        "Takes tokens, one a line on standard input, back to what the caller may see of their values.",
    footer = {
      "",
      "Examples:",
      "  echo 536-27-8841 | phial tokenize -e ssn | phial detokenize -e ssn",
      "  phial detokenize -e ssn --role support --purpose HOPERAT <tokens.txt",
    },
    mixinStandardHelpOptions = true)
public final class DetokenizeCommand extends ValueCommand {

  @Override
  String fittingRole() {
    return "clinician";
  }

  @Mixin
  private KeyVersionOption keyVersion = new KeyVersionOption();

  @Override
  List<LineResult> batch(ProtectionServiceBlockingStub gateway, List<String> lines) {
    BatchDetokenizeRequest.Builder batch = BatchDetokenizeRequest.newBuilder();
    lines.forEach(line -> batch.addItems(DetokenizeRequest.newBuilder()
        .setElement(element)
        .setToken(line)
        .setKeyVersion(keyVersion.keyVersion())
        .putAllContext(context)));
    return gateway.batchDetokenize(batch.build()).getResultsList().stream()
        .map(DetokenizeCommand::result)
        .toList();
  }

  private static LineResult result(DetokenizeResult result) {
    DetokenizeResponse revealed = result.getResponse();
    return result.hasRefusal()
        ? Refusals.of(result.getRefusal())
        : LineResult.of(revealed.getValue(), Map.of("form", Refusals.word(revealed.getForm())));
  }
}
