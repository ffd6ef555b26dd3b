package dev.phial.crypto.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A script of {@code src/test/python} that answers one JSON object a line. The interpreter is {@code $TESTS_PYTHON}, or {@code
 * python3}.
 */
public final class Python implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final ObjectMapper json = new ObjectMapper();
  private final Process process;
  private final BufferedWriter in;
  private final BufferedReader out;

  private Python(Process process) {
    this.process = process;
    this.in = new BufferedWriter(
        new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Skips the test when Python lacks {@code module}; fails it when {@code TESTS_REQUIRE_SERVERS} is 1. */
  public static Python start(String script, String module) throws IOException {
    if (!has(module)) {
      String why = "skipped: python3 with the module " + module + " is not on this machine";
      if ("1".equals(System.getenv("TESTS_REQUIRE_SERVERS"))) {
        Assertions.fail(why);
      }
      Assumptions.abort(why);
    }
    Path scripts = Path.of(System.getProperty("phial.root", ".."), "crypto", "src/test/python");
    ProcessBuilder builder = new ProcessBuilder(interpreter(), "-B", script)
        .directory(scripts.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT);
    return new Python(builder.start());
  }

  private static String interpreter() {
    return Objects.requireNonNullElse(System.getenv("TESTS_PYTHON"), "python3");
  }

  private static boolean has(String module) {
    try {
      Process probe = new ProcessBuilder(interpreter(), "-c", "import " + module)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      return probe.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && probe.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The answer to one case. */
  public JsonNode ask(Map<String, ?> question) {
    try {
      in.write(json.writeValueAsString(question));
      in.newLine();
      in.flush();
      String line = out.readLine();
      return json.readTree(Objects.requireNonNull(line, "the script ended; see its error output"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
