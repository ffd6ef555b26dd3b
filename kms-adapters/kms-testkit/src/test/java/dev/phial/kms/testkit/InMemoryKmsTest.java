package dev.phial.kms.testkit;

import dev.phial.kms.KekRef;
import dev.phial.kms.Kms;

class InMemoryKmsTest extends KmsContractTest {
  private static final KekRef KEK = new KekRef("memory", "default");

  @Override
  protected Kms open() {
    return InMemoryKms.with(KEK);
  }

  @Override
  protected KekRef kek() {
    return KEK;
  }
}
