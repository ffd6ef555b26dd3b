package dev.phial.gateway.cli;

import dev.phial.proto.v1.BatchTokenizeRequest;
import dev.phial.proto.v1.ProtectionServiceGrpc.ProtectionServiceBlockingStub;
import dev.phial.proto.v1.TokenizeRequest;
import dev.phial.proto.v1.TokenizeResponse;
import dev.phial.proto.v1.TokenizeResult;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code phial tokenize}. */
@Command(
    name = "tokenize",
    description = "Replaces values, one a line on standard input, by tokens.",
    footer = {
      "",
      "Examples:",
      "  echo 536-27-8841 | phial tokenize --element ssn",
      "  phial tokenize -e mrn <mrns.txt >tokens.txt",
    },
    mixinStandardHelpOptions = true)
public final class TokenizeCommand extends ValueCommand {

  @Override
  String fittingRole() {
    return "application";
  }

  @Override
  List<LineResult> batch(ProtectionServiceBlockingStub gateway, List<String> lines) {
    BatchTokenizeRequest.Builder batch = BatchTokenizeRequest.newBuilder();
    lines.forEach(line -> batch.addItems(
        TokenizeRequest.newBuilder().setElement(element).setValue(line).putAllContext(context)));
    return gateway.batchTokenize(batch.build()).getResultsList().stream()
        .map(TokenizeCommand::result)
        .toList();
  }

  private static LineResult result(TokenizeResult result) {
    TokenizeResponse made = result.getResponse();
    return result.hasRefusal()
        ? Refusals.of(result.getRefusal())
        : LineResult.of(made.getToken(), Map.of("key_version", made.getKeyVersion()));
  }
}
