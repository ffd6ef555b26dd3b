package dev.phial.kms.resilience;

import dev.phial.kms.KekRef;
import dev.phial.kms.Kms;
import dev.phial.kms.testkit.InMemoryKms;
import dev.phial.kms.testkit.KmsContractTest;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;

/** What is put around a KMS keeps every promise of a KMS. */
class ResilientKmsContractTest extends KmsContractTest {
  private static final KekRef KEK = new KekRef("memory", "default");

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  @AfterEach
  void stopTimer() {
    timer.shutdownNow();
  }

  @Override
  protected Kms open() {
    return new ResilientKms(ResilienceSettings.DEFAULTS, new Recorder(), timer)
        .around("memory", InMemoryKms.with(KEK));
  }

  @Override
  protected KekRef kek() {
    return KEK;
  }
}
