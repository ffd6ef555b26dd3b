package dev.phial.gateway.cli;

import dev.phial.proto.v1.BatchDeidentifyRequest;
import dev.phial.proto.v1.DeidentifyRequest;
import dev.phial.proto.v1.DeidentifyResponse;
import dev.phial.proto.v1.DeidentifyResult;
import dev.phial.proto.v1.ProtectionServiceGrpc.ProtectionServiceBlockingStub;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code phial deidentify}. */
@Command(
    name = "deidentify",
    description =
        "Replaces values, one a line on standard input, for good: dates shifted, values made coarser, masked or hashed, as the policy says.",
    footer = {
      "",
      "Examples:",
      "  phial deidentify -e zip <zips.txt >zip3s.txt",
      "  echo 1958-03-14 | phial deidentify -e visit_date --context patient=4711",
      "",
      "A shifted date needs the context 'patient': all dates of one patient move alike.",
      "A value that is removed leaves an empty line.",
    },
    mixinStandardHelpOptions = true)
public final class DeidentifyCommand extends ValueCommand {

  @Override
  String fittingRole() {
    return "application";
  }

  @Override
  List<LineResult> batch(ProtectionServiceBlockingStub gateway, List<String> lines) {
    BatchDeidentifyRequest.Builder batch = BatchDeidentifyRequest.newBuilder();
    lines.forEach(line -> batch.addItems(
        DeidentifyRequest.newBuilder().setElement(element).setValue(line).putAllContext(context)));
    return gateway.batchDeidentify(batch.build()).getResultsList().stream()
        .map(DeidentifyCommand::result)
        .toList();
  }

  private static LineResult result(DeidentifyResult result) {
    DeidentifyResponse made = result.getResponse();
    return result.hasRefusal()
        ? Refusals.of(result.getRefusal())
        : LineResult.of(
            made.getValue(),
            Map.of("removed", made.getRemoved(), "unchanged", made.getUnchanged()));
  }
}
