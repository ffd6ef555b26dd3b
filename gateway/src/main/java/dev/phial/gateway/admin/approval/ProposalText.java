package dev.phial.gateway.admin.approval;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A proposal in its one permanent form, a line for each fact (docs/format.md). What it is made from is read back from it, so what
 * is approved, what is stored and what is done are the same text.
 */
final class ProposalText {
  private static final String HEAD = "phial-proposal:v1";
  private static final String EFFECT = "effect";
  private static final String PARAMETER = "parameter";

  private ProposalText() {}

  /** @throws IllegalArgumentException when a part of it is not a single line */
  static String of(Proposal proposal) {
    List<String> lines = new ArrayList<>(List.of(
        HEAD,
        line("id", proposal.id()),
        line("operation", proposal.action()),
        line("proposer", proposal.proposer().name()),
        line("issuer", proposal.proposer().issuer()),
        line("created", proposal.created().toString()),
        line("expires", proposal.expires().toString()),
        line("state", proposal.state())));
    proposal.effects().forEach(effect -> lines.add(line(EFFECT, effect)));
    proposal
        .parameters()
        .values()
        .forEach((name, values) ->
            values.forEach(value -> lines.add(line(PARAMETER, name + "=" + value))));
    return String.join("\n", lines) + "\n";
  }

  private static String line(String name, String value) {
    if (!Parameters.isLine(value)) {
      throw new IllegalArgumentException("a proposal's " + name + " must be a single line");
    }
    return name + "=" + value;
  }

  /** @throws IllegalArgumentException when it is not, to the byte, what {@link #of} writes */
  static Proposal parse(String text) {
    Iterator<String> lines = Stream.of(text.split("\n", -1)).iterator();
    if (!lines.next().equals(HEAD)) {
      throw altered();
    }
    try {
      Proposal proposal = read(lines);
      if (of(proposal).equals(text)) {
        return proposal;
      }
    } catch (DateTimeException | java.util.NoSuchElementException e) {
      throw altered();
    }
    throw altered();
  }

  private static Proposal read(Iterator<String> lines) {
    String id = value(lines.next(), "id");
    String action = value(lines.next(), "operation");
    Person proposer = new Person(value(lines.next(), "proposer"), value(lines.next(), "issuer"));
    Instant created = Instant.parse(value(lines.next(), "created"));
    Instant expires = Instant.parse(value(lines.next(), "expires"));
    String state = value(lines.next(), "state");
    List<String> effects = new ArrayList<>();
    Map<String, List<String>> parameters = new TreeMap<>();
    lines.forEachRemaining(line -> {
      if (line.startsWith(EFFECT + "=")) {
        effects.add(value(line, EFFECT));
      } else if (!line.isEmpty()) {
        String[] parameter = value(line, PARAMETER).split("=", 2);
        parameters.computeIfAbsent(parameter[0], name -> new ArrayList<>()).add(last(parameter));
      }
    });
    return new Proposal(
        id, action, Parameters.of(parameters), state, effects, proposer, created, expires);
  }

  private static String last(String[] parameter) {
    if (parameter.length != 2) {
      throw altered();
    }
    return parameter[1];
  }

  private static String value(String line, String name) {
    if (!line.startsWith(name + "=")) {
      throw altered();
    }
    return line.substring(name.length() + 1);
  }

  private static IllegalArgumentException altered() {
    return new IllegalArgumentException("is not a proposal as Phial writes them");
  }

  /** SHA-256 in hex. */
  static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
