package dev.phial.gateway.cli;

import com.google.protobuf.ByteString;
import dev.phial.proto.v1.BatchDecryptRequest;
import dev.phial.proto.v1.DecryptRequest;
import dev.phial.proto.v1.DecryptResponse;
import dev.phial.proto.v1.DecryptResult;
import dev.phial.proto.v1.DecryptStreamRequest;
import dev.phial.proto.v1.DecryptStreamResponse;
import dev.phial.proto.v1.DocumentServiceGrpc.DocumentServiceStub;
import dev.phial.proto.v1.ProtectionServiceGrpc.ProtectionServiceBlockingStub;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code phial decrypt}. */
@Command(
    name = "decrypt",
    description =
        "Opens sealed values, one a line on standard input, as far as the caller may see them.",
    footer = {
      "",
      "Examples:",
      "  echo Rosalind | phial encrypt -e given_name | phial decrypt -e given_name",
      "  phial decrypt -e note --stream <scan.sealed >scan.pdf",
    },
    mixinStandardHelpOptions = true)
public final class DecryptCommand extends ValueCommand {

  @Option(
      names = "--stream",
      description =
          "opens a document that --stream sealed; unless the exit code is 0 the output is not whole")
  private boolean stream;

  @Override
  boolean isDocument() {
    return stream;
  }

  @Override
  void document(DocumentServiceStub gateway) throws IOException {
    new DocumentTransfer<>(DecryptCommand::chunk, DecryptStreamResponse::getChunk, System.out)
        .run(
            gateway::decryptStream,
            DecryptStreamRequest.newBuilder().setStart(start()).build(),
            System.in);
  }

  private static DecryptStreamRequest chunk(ByteString bytes) {
    return DecryptStreamRequest.newBuilder().setChunk(bytes).build();
  }

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
