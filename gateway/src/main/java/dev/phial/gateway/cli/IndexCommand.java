package dev.phial.gateway.cli;

import com.google.protobuf.ByteString;
import dev.phial.proto.v1.BatchIndexRequest;
import dev.phial.proto.v1.IndexRequest;
import dev.phial.proto.v1.IndexResponse;
import dev.phial.proto.v1.IndexResult;
import dev.phial.proto.v1.ProtectionServiceGrpc.ProtectionServiceBlockingStub;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code phial index}. */
@Command(
    name = "index",
    description =
        "Gives the keyed digests by which equal values are found, for values, one a line on standard input.",
    footer = {
      "",
      "Example:",
      "  echo Achterberg | phial index --element family_name",
      "",
      "After a rotation of the keyset 'index' a line has several digests, with spaces between them: that of new values",
      "first, then those that older rows may hold. A value of which the index ignores everything leaves an empty line.",
    },
    mixinStandardHelpOptions = true)
public final class IndexCommand extends ValueCommand {

  @Override
  String fittingRole() {
    return "application";
  }

  @Override
  List<LineResult> batch(ProtectionServiceBlockingStub gateway, List<String> lines) {
    BatchIndexRequest.Builder batch = BatchIndexRequest.newBuilder();
    lines.forEach(line -> batch.addItems(
        IndexRequest.newBuilder().setElement(element).setValue(ByteString.copyFromUtf8(line))));
    return gateway.batchIndex(batch.build()).getResultsList().stream()
        .map(IndexCommand::result)
        .toList();
  }

  private static LineResult result(IndexResult result) {
    IndexResponse made = result.getResponse();
    return result.hasRefusal()
        ? Refusals.of(result.getRefusal())
        : LineResult.of(
            String.join(" ", made.getDigestsList()),
            Map.of(
                "digests",
                List.copyOf(made.getDigestsList()),
                "key_version",
                made.getKeyVersion()));
  }
}
