package dev.phial.gateway.cli;

import com.google.protobuf.ByteString;
import dev.phial.proto.v1.BatchEncryptRequest;
import dev.phial.proto.v1.DocumentServiceGrpc.DocumentServiceStub;
import dev.phial.proto.v1.EncryptRequest;
import dev.phial.proto.v1.EncryptResponse;
import dev.phial.proto.v1.EncryptResult;
import dev.phial.proto.v1.EncryptStreamRequest;
import dev.phial.proto.v1.EncryptStreamResponse;
import dev.phial.proto.v1.ProtectionServiceGrpc.ProtectionServiceBlockingStub;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code phial encrypt}. */
@Command(
    name = "encrypt",
    description = "Seals values, one a line on standard input.",
    footer = {
      "",
      "Examples:",
      "  echo Rosalind | phial encrypt --element given_name",
      "  phial encrypt -e given_name --json <names.txt",
      "  phial encrypt -e note --stream <scan.pdf >scan.sealed",
    },
    mixinStandardHelpOptions = true)
public final class EncryptCommand extends ValueCommand {

  @Option(
      names = "--stream",
      description = "seals all of standard input as one document of any size, to standard output")
  private boolean stream;

  @Override
  boolean isDocument() {
    return stream;
  }

  @Override
  void document(DocumentServiceStub gateway) throws IOException {
    new DocumentTransfer<>(EncryptCommand::chunk, EncryptStreamResponse::getChunk, System.out)
        .run(
            gateway::encryptStream,
            EncryptStreamRequest.newBuilder().setStart(start()).build(),
            System.in);
  }

  private static EncryptStreamRequest chunk(ByteString bytes) {
    return EncryptStreamRequest.newBuilder().setChunk(bytes).build();
  }

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
