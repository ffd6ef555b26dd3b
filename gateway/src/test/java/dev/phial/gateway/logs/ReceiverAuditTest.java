package dev.phial.gateway.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.gateway.audit.AuditEvent;
import dev.phial.gateway.engine.RecordingAudit;
import dev.phial.gateway.logs.intake.LogObserver.Lost;
import dev.phial.masking.Identifier;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReceiverAuditTest {
  private static final Map<String, String> NAMES =
      Map.of("receiver", "app", "protocol", "syslog-tcp", "policy_sha256", "abc");

  private final RecordingAudit log = new RecordingAudit();
  private final CountingObserver counted = new CountingObserver();
  private final ReceiverAudit audit = new ReceiverAudit(counted, log, NAMES);

  private AuditEvent last() {
    List<AuditEvent> events = log.events();
    return events.get(events.size() - 1);
  }

  @Test
  void says_when_it_began_under_which_policy_and_when_it_ended() {
    audit.started().toCompletableFuture().join();
    assertThat(last().action()).isEqualTo("logs_start");
    assertThat(last().channel()).isEqualTo("logs");
    assertThat(last().details()).isEqualTo(NAMES);
    audit.refused("token");
    audit.stopped().toCompletableFuture().join();
    assertThat(last().action()).isEqualTo("logs_stop");
    assertThat(last().details()).containsAllEntriesOf(NAMES).containsEntry("refused_token", "1");
  }

  @Test
  void nothing_is_taken_when_its_begin_cannot_be_recorded() {
    log.fail(true);
    assertThatThrownBy(() -> audit.started().toCompletableFuture().join())
        .hasMessageContaining("no space left");
  }

  @Test
  void an_interval_has_one_record_of_numbers_and_none_when_nothing_came() {
    audit.report().toCompletableFuture().join();
    assertThat(log.events()).isEmpty();
    audit.received(3, 900);
    audit.found(Identifier.SSN, 2);
    audit.found(Identifier.SSN, 1);
    audit.lost(Lost.POLICY, 1);
    audit.refused("tls");
    audit.forwarded(2, 80);
    audit.report().toCompletableFuture().join();
    assertThat(log.events()).hasSize(1);
    assertThat(last().action()).isEqualTo("logs");
    assertThat(last().details())
        .containsAllEntriesOf(NAMES)
        .containsAllEntriesOf(Map.of(
            "received",
            "3",
            "found_SSN",
            "3",
            "lost_policy",
            "1",
            "refused_tls",
            "1",
            "forwarded",
            "2"))
        .hasSize(8);
    audit.report().toCompletableFuture().join();
    assertThat(log.events()).hasSize(1);
    assertThat(counted.count("found SSN")).isEqualTo(3);
  }

  @Test
  void numbers_that_could_not_be_recorded_are_in_the_next_record() {
    audit.found(Identifier.MRN, 5);
    log.fail(true);
    audit.report().toCompletableFuture().join();
    assertThat(log.events()).isEmpty();
    log.fail(false);
    audit.found(Identifier.MRN, 2);
    audit.report().toCompletableFuture().join();
    assertThat(last().details()).containsEntry("found_MRN", "7");
  }

  @Test
  void no_number_is_lost_between_records() {
    int threads = 4;
    int each = 20_000;
    CompletableFuture<?>[] all = IntStream.range(0, threads)
        .mapToObj(t -> CompletableFuture.runAsync(() -> {
          for (int i = 0; i < each; i++) {
            audit.found(Identifier.NAME, 1);
            if (i % 100 == 0) {
              audit.report();
            }
          }
        }))
        .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(all).join();
    audit.stopped().toCompletableFuture().join();
    long sum = log.events().stream()
        .mapToLong(event -> Long.parseLong(event.details().getOrDefault("found_NAME", "0")))
        .sum();
    assertThat(sum).isEqualTo((long) threads * each);
  }
}
