package dev.phial.benchmarks.rotation;

import java.time.Duration;
import java.util.List;

/**
 * What is asked for on the command line.
 *
 * @param length how long the load lasts
 * @param threads how many callers
 * @param every how often the keys rotate
 * @param killEvery how often a gateway is killed and started again; zero: never
 * @param pauseEvery how often a gateway is stopped for a while and goes on; zero: never
 */
record Options(
    Duration length, int threads, Duration every, Duration killEvery, Duration pauseEvery) {
  static final String HELP = """
      Usage: benchmarks/rotation-under-load [--minutes N] [--seconds N] [--threads N] [--every MS] [--kill S] [--pause S]

      Starts PostgreSQL and three gateways, each a process, on loopback; loads them over gRPC while the keys of ENCRYPT, TOKENIZE
      and INDEX rotate; and checks every answer: what one gateway has protected, another one opens at once, and so does
      any gateway later. Takes versions out of use meanwhile and watches for how long they still open.

        --minutes N   how long, 10 unless said (--seconds N: for a short run)
        --threads N   callers, 12 unless said
        --every MS    a rotation of each keyset every so many milliseconds, 1000 unless said
        --kill S      kill -9 one gateway every S seconds, and start it again after two
        --pause S     stop one gateway every S seconds (SIGSTOP), for 1 to 40 seconds

      Ends with 0 when nothing failed and nothing was wrong, with 1 otherwise, with 69 when PostgreSQL is not installed.
      Needs the Debian package postgresql. Under --kill and --pause, calls that a killed or stopped gateway left without an answer
      are counted apart; wrong answers never are.""";

  static Options of(String[] args) {
    Duration length = Duration.ofMinutes(10);
    int threads = 12;
    Duration every = Duration.ofSeconds(1);
    Duration kill = Duration.ZERO;
    Duration pause = Duration.ZERO;
    List<String> words = List.of(args);
    for (int i = 0; i < words.size(); i += 2) {
      int value = i + 1 < words.size() ? number(words.get(i + 1)) : number("");
      switch (words.get(i)) {
        case "--minutes" -> length = Duration.ofMinutes(value);
        case "--seconds" -> length = Duration.ofSeconds(value);
        case "--threads" -> threads = value;
        case "--every" -> every = Duration.ofMillis(value);
        case "--kill" -> kill = Duration.ofSeconds(value);
        case "--pause" -> pause = Duration.ofSeconds(value);
        default -> throw new IllegalArgumentException("unknown: " + words.get(i));
      }
    }
    return new Options(length, threads, every, kill, pause);
  }

  private static int number(String text) {
    if (!text.matches("[1-9][0-9]{0,6}")) {
      throw new IllegalArgumentException("a number of 1 or more must follow each option");
    }
    return Integer.parseInt(text);
  }
}
