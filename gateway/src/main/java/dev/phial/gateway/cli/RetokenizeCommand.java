package dev.phial.gateway.cli;

import dev.phial.proto.v1.BatchRetokenizeRequest;
import dev.phial.proto.v1.DetokenizeRequest;
import dev.phial.proto.v1.ProtectionServiceGrpc.ProtectionServiceBlockingStub;
import dev.phial.proto.v1.TokenizeResponse;
import dev.phial.proto.v1.TokenizeResult;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code phial retokenize}. */
@Command(
    name = "retokenize",
    description =
        "Makes tokens, one a line on standard input, again under the key version that new tokens get. Shows no value.",
    footer = {
      "",
      "Example:",
      "  phial keys rotate --tenant main --keyset tokenize",
      "  phial retokenize -e mrn <old-tokens.txt >new-tokens.txt",
      "",
      "With --json, each line says key_version and whether the value was unchanged.",
    },
    mixinStandardHelpOptions = true)
public final class RetokenizeCommand extends ValueCommand {

  @Override
  String fittingRole() {
    return "application";
  }

  @Mixin
  private KeyVersionOption keyVersion = new KeyVersionOption();

  @Override
  List<LineResult> batch(ProtectionServiceBlockingStub gateway, List<String> lines) {
    BatchRetokenizeRequest.Builder batch = BatchRetokenizeRequest.newBuilder();
    lines.forEach(line -> batch.addItems(DetokenizeRequest.newBuilder()
        .setElement(element)
        .setToken(line)
        .setKeyVersion(keyVersion.keyVersion())
        .putAllContext(context)));
    return gateway.batchRetokenize(batch.build()).getResultsList().stream()
        .map(RetokenizeCommand::result)
        .toList();
  }

  private static LineResult result(TokenizeResult result) {
    TokenizeResponse renewed = result.getResponse();
    return result.hasRefusal()
        ? Refusals.of(result.getRefusal())
        : LineResult.of(
            renewed.getToken(),
            Map.of("key_version", renewed.getKeyVersion(), "unchanged", renewed.getUnchanged()));
  }
}
