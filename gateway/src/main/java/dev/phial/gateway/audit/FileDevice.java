package dev.phial.gateway.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A file. */
@SuppressWarnings("UnusedVariable")
public final class FileDevice implements AuditDevice {
  public FileDevice(Path file) {}

  @Override
  public void open() throws IOException {}

  @Override
  public long size() throws IOException {
    return 0;
  }

  @Override
  public byte[] read(long position, int length) throws IOException {
    return new byte[0];
  }

  @Override
  public void write(long position, ByteBuffer bytes) throws IOException {}

  @Override
  public String setAside(long position) throws IOException {
    return "";
  }

  @Override
  public void close() throws IOException {}
}
