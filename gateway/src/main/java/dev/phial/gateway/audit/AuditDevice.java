package dev.phial.gateway.audit;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Where audit records become durable: a file, or in tests something that fails as disks do.
 *
 * <p>Used by one thread at a time. Any method may fail or take for ever; the log stands both.
 */
public interface AuditDevice {

  /** Opens, or opens again after a failure. */
  void open() throws IOException;

  /** Length in bytes. */
  long size() throws IOException;

  /** Exactly {@code length} bytes from {@code position}. */
  byte[] read(long position, int length) throws IOException;

  /** Writes all of {@code bytes} at {@code position} and returns when they are durable. */
  void write(long position, ByteBuffer bytes) throws IOException;

  /**
   * Moves everything from {@code position} on to a place of its own, so that the device ends at {@code position}; durable
   * when it returns.
   *
   * @return the place's name, for the record
   */
  String setAside(long position) throws IOException;

  /** Closes; safe when it is not open. */
  void close() throws IOException;
}
