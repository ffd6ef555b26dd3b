package dev.phial.gateway.cli;

import dev.phial.masking.stream.GzipMembers;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** What {@code phial mask} reads: a file, or standard input. */
final class MaskInput {
  private static final int BUFFER = 1 << 16;
  /** A small bomb does no harm, and a small file of equal lines is no bomb. */
  private static final long ALWAYS_ALLOWED = 64 << 20;

  private final @Nullable Path file;

  private MaskInput(@Nullable Path file) {
    this.file = file;
  }

  /** The inputs that arguments name: files, folders with all they hold, globs. */
  static List<MaskInput> of(List<String> arguments) throws IOException {
    if (arguments.isEmpty()) {
      return List.of(new MaskInput(null));
    }
    List<MaskInput> inputs = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.equals("-")) {
        inputs.add(new MaskInput(null));
      } else {
        paths(argument).forEach(path -> inputs.add(new MaskInput(path)));
      }
    }
    return inputs;
  }

  /** The files that arguments name, as they stand: they need not exist yet. */
  static List<MaskInput> named(List<String> arguments) {
    return arguments.stream()
        .map(argument -> new MaskInput(argument.equals("-") ? null : Path.of(argument)))
        .toList();
  }

  private static List<Path> paths(String argument) throws IOException {
    Path path = Path.of(argument);
    if (Files.isDirectory(path)) {
      try (Stream<Path> all = Files.walk(path)) {
        return all.filter(Files::isRegularFile).sorted().toList();
      }
    }
    if (Files.exists(path) || !isGlob(argument)) {
      return List.of(path);
    }
    return matching(path, argument);
  }

  private static boolean isGlob(String argument) {
    return argument.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '{');
  }

  private static List<Path> matching(Path path, String glob) throws IOException {
    Path parent = path.getParent();
    Path folder = parent == null ? Path.of("") : parent;
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + path.getFileName());
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder) || parent == null) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        for (Path entry : entries) {
          if (matcher.matches(entry.getFileName()) && Files.isRegularFile(entry)) {
            found.add(entry);
          }
        }
      }
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException("no file is called " + glob);
    }
    return found.stream().sorted().toList();
  }

  boolean isStandard() {
    return file == null;
  }

  /** How it is called in messages. */
  String name() {
    return file == null ? "-" : file.toString();
  }

  /**
   * Its bytes, decompressed.
   *
   * @param mostRatio how many times as large it may become by that, beyond a size that is always allowed
   */
  InputStream open(int mostRatio) throws IOException {
    Path path = file;
    if (path == null) {
      return unzipped(new BufferedInputStream(System.in, BUFFER), mostRatio);
    }
    if (!Files.isRegularFile(path)) {
      throw new MaskFailure(path + ": no such file");
    }
    return unzipped(new BufferedInputStream(Files.newInputStream(path), BUFFER), mostRatio);
  }

  /** By its first two bytes, for names are often wrong. */
  private static InputStream unzipped(BufferedInputStream in, int mostRatio) throws IOException {
    in.mark(2);
    int first = in.read();
    int second = first < 0 ? -1 : in.read();
    in.reset();
    return first == 0x1f && second == 0x8b ? new GzipMembers(in, mostRatio, ALWAYS_ALLOWED) : in;
  }

  /** Where its masked form goes in a folder; compressed when its name says so. */
  OutputStream openMasked(Path folder) throws IOException {
    Path path = file;
    if (path == null) {
      throw new IllegalStateException("standard input has no name");
    }
    Files.createDirectories(folder);
    Path target = folder.resolve(path.getFileName());
    if (Files.exists(target) && Files.isSameFile(target, path)) {
      throw new MaskFailure(
          path + ": the masked file would overwrite it; give --output another folder");
    }
    OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), BUFFER);
    return target.toString().endsWith(".gz") ? new GZIPOutputStream(out, BUFFER) : out;
  }
}
