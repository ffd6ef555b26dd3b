package dev.phial.gateway.logs.intake;

import java.util.concurrent.CompletionStage;

/**
 * Takes batches over from senders. When the stage completes, the batch is masked and in the buffer, and the sender may be
 * told so; when it fails with an {@link IntakeException}, nothing of it will be forwarded, and the sender may try again.
 *
 * <p>Thread-safe, never blocks; the stage completes on any thread, where little should be done.
 */
public interface Intake {
  CompletionStage<Void> take(Batch batch);
}
