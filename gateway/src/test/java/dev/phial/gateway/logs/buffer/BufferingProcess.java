package dev.phial.gateway.logs.buffer;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/** A process that appends numbers, and says of each what became of it, until it is killed or has as many as it should. */
final class BufferingProcess {
  private BufferingProcess() {}

  /**
   * @param arguments the buffer's directory, the first number, and how many
   */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    BufferSettings settings =
        BufferSettings.of("killed", Path.of(arguments[0]), 64 << 20, Duration.ofMillis(500));
    int first = Integer.parseInt(arguments[1]);
    try (DiskBuffer buffer = DiskBuffer.open(settings)) {
      for (int i = first; i < first + Integer.parseInt(arguments[2]); i++) {
        try {
          DiskBufferTest.append(buffer, "number " + i + " " + "x".repeat(i % 1_500));
          out.println("buffered " + i);
        } catch (ExecutionException e) {
          out.println("failed " + i);
        }
      }
    }
  }
}
