package dev.phial.crypto.portable;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The AWS Encryption SDK for Java in a process of its own, with a class path of its own: see {@code src/test/peer}. */
final class EsdkProcess implements AutoCloseable {
  private static final Path CRYPTO =
      Path.of(System.getProperty("phial.root", ".."), "crypto").toAbsolutePath();

  private final Process process;
  private final BufferedWriter in;
  private final BufferedReader out;

  private EsdkProcess(Process process) {
    this.process = process;
    this.in = new BufferedWriter(
        new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static EsdkProcess start() throws IOException {
    List<String> command = List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-cp",
        CRYPTO.resolve("target/peer/*").toString(),
        CRYPTO.resolve("src/test/peer/EsdkPeer.java").toString());
    return new EsdkProcess(new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start());
  }

  /** The result in hex, or why there is none. */
  String ask(String verb, String key, String name, byte[] data, Map<String, String> context)
      throws IOException {
    Stream<String> head = Stream.of(verb, key, hex(name), HexFormat.of().formatHex(data));
    Stream<String> entries = context.entrySet().stream()
        .flatMap(entry -> Stream.of(hex(entry.getKey()), hex(entry.getValue())));
    in.write(String.join(" ", Stream.concat(head, entries).toList()));
    in.newLine();
    in.flush();
    return Objects.requireNonNull(out.readLine(), "the peer ended; see its error output");
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    in.close();
    out.close();
    process.destroy();
  }
}
