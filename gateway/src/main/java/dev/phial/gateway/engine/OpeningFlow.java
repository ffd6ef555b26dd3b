package dev.phial.gateway.engine;

import dev.phial.crypto.envelope.OpenFailedException;
import dev.phial.crypto.envelope.StreamOpener;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A document being opened. Not thread-safe. */
final class OpeningFlow implements DocumentFlow {
  private final StreamOpener opener;
  private final int keyVersion;
  private final EngineException notAuthentic;
  private final CryptoWork work;

  OpeningFlow(StreamOpener opener, int keyVersion, EngineException notAuthentic, CryptoWork work) {
    this.opener = opener;
    this.keyVersion = keyVersion;
    this.notAuthentic = notAuthentic;
    this.work = work;
  }

  @Override
  public int keyVersion() {
    return keyVersion;
  }

  @Override
  public CompletionStage<Void> update(ByteBuffer in, Consumer<ByteBuffer> out) {
    return work.run(in.remaining(), () -> step(() -> opener.update(in, out::accept)));
  }

  @Override
  public CompletionStage<Void> finish(Consumer<ByteBuffer> out) {
    return work.run(0, () -> step(() -> opener.finish(out::accept)));
  }

  private void step(Runnable job) {
    try {
      job.run();
    } catch (OpenFailedException e) {
      throw notAuthentic;
    }
  }

  @Override
  public void abandon() {
    opener.close();
  }
}
