package dev.phial.gateway.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;

/** A real device that can be told to fail as disks do. */
final class FaultyDevice implements AuditDevice {

  enum Fault {
    NONE,
    /** Every call fails. */
    ERROR,
    /** A write leaves half of its bytes behind and fails: the disk is full. */
    FULL,
    /** A write waits for {@link #release}. */
    HANGS
  }

  private final AuditDevice device;
  private final CountDownLatch release = new CountDownLatch(1);
  private final CountDownLatch hanging = new CountDownLatch(1);
  private volatile Fault fault = Fault.NONE;
  private volatile int writes;

  FaultyDevice(AuditDevice device) {
    this.device = device;
  }

  void fail(Fault with) {
    fault = with;
  }

  void release() {
    fault = Fault.NONE;
    release.countDown();
  }

  void awaitHang() throws InterruptedException {
    hanging.await();
  }

  int writes() {
    return writes;
  }

  @Override
  public void open() throws IOException {
    failOn(Fault.ERROR);
    device.open();
  }

  @Override
  public long size() throws IOException {
    return device.size();
  }

  @Override
  public byte[] read(long position, int length) throws IOException {
    return device.read(position, length);
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate")
  public void write(long position, ByteBuffer bytes) throws IOException {
    failOn(Fault.ERROR);
    if (fault == Fault.FULL) {
      device.write(position, bytes.slice(0, bytes.remaining() / 2));
      throw new IOException("No space left on device");
    }
    if (fault == Fault.HANGS) {
      hanging.countDown();
      awaitRelease();
    }
    device.write(position, bytes);
    writes++;
  }

  @Override
  public String setAside(long position) throws IOException {
    return device.setAside(position);
  }

  @Override
  public void close() throws IOException {
    device.close();
  }

  private void failOn(Fault asked) throws IOException {
    if (fault == asked) {
      throw new IOException("Input/output error");
    }
  }

  private void awaitRelease() throws IOException {
    try {
      release.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
