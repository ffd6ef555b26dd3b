package dev.phial.gateway.engine;

import dev.phial.gateway.engine.ProtectItem.Operation;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.identity.Caller;
import dev.phial.masking.KeyedTreatment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Tokens and digests of values in logs, as the data path makes them: in the name of one caller, with the policy's access
 * rules and audit.
 *
 * <p>A value that does not fit its element has no token: the masker redacts it. Any other refusal fails the stage, and with it
 * the events.
 */
public final class LogTreatment implements KeyedTreatment {
  private final ProtectionEngine engine;
  private final Caller caller;
  private final String purpose;
  private final Supplier<String> requestIds;

  public LogTreatment(
      ProtectionEngine engine, Caller caller, String purpose, Supplier<String> requestIds) {
    this.engine = engine;
    this.caller = caller;
    this.purpose = purpose;
    this.requestIds = requestIds;
  }

  @Override
  public CompletionStage<List<Optional<String>>> replace(Request request) {
    Operation operation = request.form() == Form.TOKEN ? Operation.TOKENIZE : Operation.DEIDENTIFY;
    List<ProtectItem> items = request.values().stream()
        .map(value ->
            new ProtectItem(request.element(), PlainValue.ofText(value), Map.of(), operation))
        .toList();
    Call call = new Call(caller, purpose, "logs", requestIds.get());
    return engine
        .protect(call, items)
        .thenApply(outcomes -> outcomes.stream().map(LogTreatment::text).toList());
  }

  private static Optional<String> text(Outcome outcome) {
    if (outcome instanceof Outcome.Protected made) {
      return Optional.of(made.text());
    }
    if (outcome instanceof Outcome.Refused refused && refused.code() != RefusalCode.INVALID_VALUE) {
      throw new EngineException(refused.code(), refused.message());
    }
    return Optional.empty();
  }
}
