package dev.phial.gateway.engine;

import dev.phial.crypto.envelope.StreamSealer;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A document being sealed. Not thread-safe. */
final class SealingFlow implements DocumentFlow {
  private final StreamSealer sealer;
  private final CryptoWork work;
  private boolean begun;

  SealingFlow(StreamSealer sealer, CryptoWork work) {
    this.sealer = sealer;
    this.work = work;
  }

  @Override
  public int keyVersion() {
    return sealer.header().keyId().version();
  }

  @Override
  public CompletionStage<Void> update(ByteBuffer in, Consumer<ByteBuffer> out) {
    return work.run(in.remaining(), () -> step(out, () -> sealer.update(in, out::accept)));
  }

  @Override
  public CompletionStage<Void> finish(Consumer<ByteBuffer> out) {
    return work.run(0, () -> step(out, () -> sealer.finish(out::accept)));
  }

  private void step(Consumer<ByteBuffer> out, Runnable job) {
    if (!begun) {
      begun = true;
      out.accept(ByteBuffer.wrap(sealer.header().bytes()));
    }
    job.run();
  }

  @Override
  public void abandon() {
    sealer.close();
  }
}
