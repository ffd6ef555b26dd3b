package dev.phial.kms;

/**
 * Does something before the first call of a KMS, such as making a key; with that call, and again with each one until it has
 * succeeded. So a service that is away when the KMS is opened delays what needs it, and nothing else. Thread-safe.
 */
public final class PreparedKms implements BlockingKms {
  private final BlockingKms service;
  private final Runnable preparation;
  private boolean prepared;

  /** @param preparation fails with a {@link KmsException}, which is then what the call fails with */
  public PreparedKms(BlockingKms service, Runnable preparation) {
    this.service = service;
    this.preparation = preparation;
  }

  @Override
  public WrappedKey wrap(KekRef kek, byte[] key, WrapContext context) {
    prepare();
    return service.wrap(kek, key, context);
  }

  @Override
  public byte[] unwrap(WrappedKey wrapped, WrapContext context) {
    prepare();
    return service.unwrap(wrapped, context);
  }

  @Override
  public WrappedKey rewrap(WrappedKey wrapped, KekRef kek, WrapContext context) {
    prepare();
    return service.rewrap(wrapped, kek, context);
  }

  @Override
  public KekDescription describe(KekRef kek) {
    prepare();
    return service.describe(kek);
  }

  @Override
  public void close() {
    service.close();
  }

  private synchronized void prepare() {
    if (!prepared) {
      preparation.run();
      prepared = true;
    }
  }
}
