package dev.phial.benchmarks;

import dev.phial.masking.LogEvent;
import dev.phial.masking.MaskingPolicy;
import dev.phial.masking.treat.PolicyMasker;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The masking engine beside java.util.regex, on one thread, by its CPU time: {@code MaskingMain [FILE]}. FILE has one event a line,
 * or is JSON lines with a member {@code text}; without one, lines as system logs have them are made up.
 */
public final class MaskingMain {
  private static final int ROUNDS = 40;
  private static final int HOSTILE_BYTES = 1 << 16;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** What a masker of regular expressions looks for, one after the other. */
  private static final List<Pattern> PATTERNS = List.of(
      Pattern.compile("\\b\\d{3}-\\d{2}-\\d{4}\\b"),
      Pattern.compile("\\b(?:\\d[ -]?){13,19}\\b"),
      Pattern.compile("[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+"),
      Pattern.compile("https?://[^\\s\"<>]+"),
      Pattern.compile("\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b"),
      Pattern.compile("(?i)\\b(?:[0-9a-f]{1,4}:){2,7}[0-9a-f]{1,4}\\b"),
      Pattern.compile("(?:\\+?1[-. ]?)?\\(?\\d{3}\\)?[-. ]\\d{3}[-. ]\\d{4}\\b"),
      Pattern.compile("\\b\\d{4}-\\d{2}-\\d{2}\\b"),
      Pattern.compile("\\b\\d{1,2}/\\d{1,2}/\\d{2,4}\\b"),
      Pattern.compile(
          "(?i)\\b\\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \\d{4}\\b"),
      Pattern.compile("(?i)\\bmrn[ :=#]*\\d{5,10}\\b"),
      Pattern.compile(
          "\\b[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\\d[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\\d[AC-HJKMNP-RT-Y]{2}\\d{2}\\b"),
      Pattern.compile("\\b[A-HJ-NPR-Z0-9]{17}\\b"),
      Pattern.compile("(?i)\\b[abcdefghjklmprstux][a-z9]\\d{7}\\b"),
      Pattern.compile("(?i)\\bnpi[ :=#]*\\d{10}\\b"),
      Pattern.compile("\\(01\\)\\d{14}"),
      Pattern.compile("(?i)(?:patient|member|first|last)[ _]?name[\"' ]*[:=][\"' ]*[a-z' -]+"),
      Pattern.compile(
          "\\b\\d{1,5} [A-Z][a-z]+ (?:St|Street|Ave|Avenue|Rd|Road|Blvd|Lane|Ln|Dr|Drive)\\b"));

  private MaskingMain() {}

  public static void main(String[] args) throws IOException {
    List<String> lines = args.length == 0 ? madeUp() : read(Path.of(args[0]));
    List<byte[]> bytes =
        lines.stream().map(line -> line.getBytes(StandardCharsets.UTF_8)).toList();
    long size = bytes.stream().mapToLong(line -> line.length).sum();
    PolicyMasker masker = new PolicyMasker(MaskingPolicy.safeHarbor(), Optional.empty());
    double engine = best(
        ROUNDS, size, bytes, line -> masker.maskNow(LogEvent.of(line)).found().size());
    double regex = best(2, size, lines, MaskingMain::byRegex);
    System.out.printf(
        Locale.ROOT, "%d lines, %.2f MB, one thread, CPU time%n", lines.size(), size / 1e6);
    System.out.printf(Locale.ROOT, "  the engine, all rules, masked   %8.1f MB/s%n", engine);
    System.out.printf(
        Locale.ROOT, "  java.util.regex, %d patterns    %8.1f MB/s%n", PATTERNS.size(), regex);
    System.out.printf(
        Locale.ROOT,
        "  ratio                           %8.1f x      goal >= 40 x%n",
        engine / regex);
    hostile(masker, engine);
  }

  /** Lines that make others slow: each is to be read at a fifth of the usual rate at least. */
  private static void hostile(PolicyMasker masker, double usual) {
    System.out.println("hostile lines of 64 KiB                          goal >= 0.2 x");
    List<String> seeds = List.of(
        "a",
        "1",
        "@",
        "a@",
        ":",
        "://",
        "a://",
        "1-",
        "1.",
        "1:",
        "a:",
        "((",
        "(1",
        "+1",
        "%41",
        "\\u0041",
        "{\"",
        "[",
        "{",
        "ssn=",
        "ssn='",
        "ssn=\"\\\"",
        "name: ",
        "<ssn>",
        "?name=",
        "address ",
        "12 Main ",
        "a1",
        "PID|",
        "Ann ",
        "4111 ",
        "QUJD",
        "\u00e9",
        "\u200b",
        "\uff11",
        "Jan 1 ",
        "x=1&",
        "the corner of ",
        "Dr. ",
        "12345 ",
        "fax ",
        "mrn is ",
        "patient_name_",
        "1:2:3:4:",
        "{\"a\":");
    double worst = Double.MAX_VALUE;
    for (String seed : seeds) {
      byte[] line = seed.repeat(HOSTILE_BYTES / seed.length()).getBytes(StandardCharsets.UTF_8);
      double rate = best(
          12,
          line.length,
          List.of(line),
          l -> masker.maskNow(LogEvent.of(l)).found().size());
      worst = Math.min(worst, rate);
      if (rate < usual / 2) {
        System.out.printf(
            Locale.ROOT,
            "  %-32s%8.1f MB/s  %5.2f x%n",
            seed.replace("\u200b", "zero width"),
            rate,
            rate / usual);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "  the worst                       %8.1f MB/s  %5.2f x%n",
        worst,
        worst / usual);
  }

  private static <T> double best(int rounds, long size, List<T> lines, ToIntFunction<T> work) {
    double best = 0;
    int found = 0;
    for (int round = 0; round < rounds; round++) {
      long began = THREADS.getCurrentThreadCpuTime();
      for (T line : lines) {
        found += work.applyAsInt(line);
      }
      best = Math.max(best, size * 1e3 / Math.max(1, THREADS.getCurrentThreadCpuTime() - began));
    }
    return found < 0 ? 0 : best;
  }

  private static int byRegex(String line) {
    int found = 0;
    String masked = line;
    for (Pattern pattern : PATTERNS) {
      Matcher matcher = pattern.matcher(masked);
      if (matcher.find()) {
        found++;
        masked = matcher.replaceAll("***");
      }
    }
    return found;
  }

  private static List<String> read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (!file.toString().endsWith(".jsonl")) {
      return lines;
    }
    return lines.stream().map(MaskingMain::text).toList();
  }

  /** The member {@code text} of a line of a set, with its commonest escapes off. */
  private static String text(String line) {
    int from = line.indexOf("\"text\": \"") + 9;
    int to = line.indexOf("\", \"spans\"", from);
    return line.substring(from, to)
        .replace("\\\"", "\"")
        .replace("\\t", "\t")
        .replace("\\n", "\n")
        .replace("\\\\", "\\");
  }

  private static List<String> madeUp() {
    SplittableRandom random = new SplittableRandom(5);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 16_000; i++) {
      int n = random.nextInt(100_000);
      lines.add(
          switch (i % 6) {
            case 0 ->
              "2026-11-04 16:14:29," + n % 1000 + " INFO [IPC Server handler " + n % 40
                  + " on 62270] org.example.ipc.Server: Progress of attempt_144514442" + n
                  + "_0020_m_000001_0 is : 0." + n;
            case 1 ->
              "Nov  4 16:14:29 combo sshd[" + n + "]: Failed password for root from 10.1." + n % 250
                  + ".7 port " + n + " ssh2";
            case 2 ->
              "11-04 16:14:29." + n % 1000 + "  1702  " + n
                  + " D WindowManager: printFreezing opening app wtoken = AppWindowToken{9f4ef63 token=Token{a64f"
                  + n + " u0}}, allDrawn= false";
            case 3 ->
              "[Wed Nov 04 16:14:29 2026] [notice] workerEnv.init() ok /etc/httpd/conf/workers" + n
                  + ".properties";
            case 4 ->
              "26/11/04 16:14:29 INFO executor.Executor: Finished task " + n
                  + ".0 in stage 28.0 (TID " + n + "). 2087 bytes result sent to driver";
            default ->
              "20261104-16:14:29:" + n % 1000
                  + "|Step_ExtSDM|30002312|calculateAltitude totalAltitude=" + n;
          });
    }
    return lines;
  }
}
