package dev.phial.gateway.admin.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.gateway.admin.AuditedAdministration;
import dev.phial.gateway.audit.AuditEvent;
import dev.phial.gateway.engine.EngineException;
import dev.phial.gateway.engine.RecordingAudit;
import dev.phial.gateway.engine.RefusalCode;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.identity.Caller;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.policy.Role;
import dev.phial.gateway.store.SqlStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** T52: what needs two persons takes two, and happens once. */
class ApprovalsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");
  private static final Policy POLICY = new Policy(
      "digest",
      Map.of(),
      List.of(),
      Map.of(
          "officer", new Role("officer", Set.of(), Set.of(), Map.of(), true),
          "chief", new Role("chief", Set.of(), Set.of(), Map.of(), true),
          "application", new Role("application", Set.of("TREAT"), Set.of("*"), Map.of(), false)));

  private final RecordingAudit audit = new RecordingAudit();
  private final AtomicReference<Instant> time = new AtomicReference<>(NOW);
  private final InstantSource clock = time::get;
  private final AtomicInteger ids = new AtomicInteger();
  private final Demolition demolition = new Demolition();

  @TempDir
  Path directory = Path.of("");

  private Optional<SqlStore> store = Optional.empty();

  /** Demolishes a house, if it is still as it was. */
  private static final class Demolition implements DangerousOperation<String, String> {
    final List<String> demolished = new ArrayList<>();
    final AtomicInteger revision = new AtomicInteger(7);
    boolean fails;

    @Override
    public String action() {
      return "demolish";
    }

    @Override
    public Parameters write(String house) {
      return Parameters.of(Map.of("house", List.of(house)));
    }

    @Override
    public String read(Parameters parameters) {
      return parameters.one("house");
    }

    @Override
    public CompletionStage<Sight<String>> look(String house) {
      return CompletableFuture.completedStage(
          house.equals("ruin")
              ? Sight.nothing("was demolished already")
              : Sight.of("revision " + revision.get(), List.of("demolishes " + house)));
    }

    @Override
    public synchronized CompletionStage<String> execute(String house, String state) {
      if (fails) {
        return CompletableFuture.failedStage(
            new EngineException(RefusalCode.KEYS_UNAVAILABLE, "no crane"));
      }
      demolished.add(house + " at " + state);
      return CompletableFuture.completedStage("demolished");
    }

    @Override
    public Map<String, String> facts(String house) {
      return Map.of("house", house);
    }
  }

  @BeforeEach
  void open() {
    store = Optional.of(SqlStore.sqlite(file(), clock));
  }

  @AfterEach
  void close() {
    store.ifPresent(SqlStore::close);
  }

  private Path file() {
    return directory.resolve("phial.db");
  }

  private Approvals approvals(int persons, DangerousOperation<?, ?>... operations) {
    return new Approvals(
        store.orElseThrow().proposals(),
        List.of(operations),
        new AuditedAdministration(() -> POLICY, audit),
        new ApprovalRules(persons, Duration.ofHours(24)),
        clock,
        () -> "id-" + ids.incrementAndGet());
  }

  private Approvals approvals() {
    return approvals(2, demolition);
  }

  private static Call by(String name, String role, String issuer) {
    return new Call(
        new Caller(name, "north", Set.of(role), Set.of(), Caller.Method.JWT, issuer),
        "",
        "admin",
        "r1");
  }

  private static Call by(String name) {
    return by(name, "officer", "idp");
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private ProposalView proposed() throws Exception {
    Asked<String> asked = await(approvals().ask(by("one"), demolition, "the mill"));
    assertThat(demolition.demolished).isEmpty();
    return ((Asked.Proposed<String>) asked).proposal();
  }

  private CompletionStage<ProposalView> approve(Call call, ProposalView proposal) {
    return approvals().approve(call, proposal.proposal().id(), proposal.digest());
  }

  private void refused(CompletionStage<?> stage, RefusalCode code, String why) {
    assertThatThrownBy(() -> await(stage))
        .cause()
        .isInstanceOfSatisfying(
            EngineException.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .hasMessageContaining(why);
  }

  private AuditEvent last() {
    return audit.events().get(audit.events().size() - 1);
  }

  @Test
  void what_one_proposes_and_another_approves_is_done_once_and_recorded_with_both_names()
      throws Exception {
    ProposalView proposal = proposed();
    assertThat(proposal.status()).isEqualTo(ProposalView.Status.PENDING);
    assertThat(proposal.proposal().effects()).containsExactly("demolishes the mill");
    assertThat(last().action()).isEqualTo("propose");
    assertThat(last().details())
        .containsEntry("operation", "demolish")
        .containsEntry("house", "the mill")
        .containsEntry("proposal", "id-1")
        .containsEntry("proposal_sha256", proposal.digest());

    ProposalView done = await(approve(by("two"), proposal));

    assertThat(demolition.demolished).containsExactly("the mill at revision 7");
    assertThat(done.status()).isEqualTo(ProposalView.Status.DONE);
    assertThat(done.decision().orElseThrow().by()).isEqualTo(new Person("two", "idp"));
    assertThat(audit.events())
        .extracting(AuditEvent::action)
        .containsExactly("propose", "approve", "demolish");
    assertThat(last().subject()).isEqualTo("two");
    assertThat(last().details())
        .containsEntry("proposer", "one")
        .containsEntry("house", "the mill")
        .containsEntry("proposal", "id-1");

    refused(approve(by("three"), proposal), RefusalCode.PROPOSAL_STATE, "counts once");
    refused(
        approvals().withdraw(by("one"), "id-1"), RefusalCode.PROPOSAL_STATE, "approved already");
    assertThat(demolition.demolished).hasSize(1);
  }

  @Test
  void the_proposer_does_not_approve_under_any_role_or_lookalike_name() throws Exception {
    ProposalView proposal = proposed();

    refused(approve(by("one"), proposal), RefusalCode.PERMISSION_DENIED, "second person");
    refused(
        approve(by("one", "chief", "idp"), proposal),
        RefusalCode.PERMISSION_DENIED,
        "second person");
    refused(approve(by(" ONE "), proposal), RefusalCode.PERMISSION_DENIED, "second person");
    refused(approve(by("ｏne"), proposal), RefusalCode.PERMISSION_DENIED, "second person");
    assertThat(demolition.demolished).isEmpty();
    assertThat(last().action()).isEqualTo("approve");
    assertThat(last().outcome()).isEqualTo("permission_denied");
    assertThat(last().details()).containsEntry("proposal", "id-1");
  }

  @Test
  void somebody_for_whom_another_issuer_vouches_may_be_the_same_person() throws Exception {
    refused(
        approve(by("two", "officer", "other idp"), proposed()),
        RefusalCode.PERMISSION_DENIED,
        "another issuer");
    assertThat(demolition.demolished).isEmpty();
  }

  @Test
  void who_does_not_administer_neither_proposes_nor_approves_nor_looks() throws Exception {
    ProposalView proposal = proposed();
    Call application = by("two", "application", "idp");

    for (CompletionStage<?> stage : List.<CompletionStage<?>>of(
        approvals().ask(application, demolition, "the mill"),
        approvals().dryRun(application, demolition, "the mill"),
        approve(application, proposal),
        approvals().withdraw(application, "id-1"),
        approvals().show(application, "id-1"),
        approvals().list(application))) {
      refused(stage, RefusalCode.PERMISSION_DENIED, "administers");
    }
    assertThat(demolition.demolished).isEmpty();
  }

  @Test
  void a_proposal_is_approved_in_time_or_not_at_all() throws Exception {
    ProposalView proposal = proposed();
    time.set(NOW.plus(Duration.ofHours(24)));

    refused(approve(by("two"), proposal), RefusalCode.PROPOSAL_STATE, "expired");

    assertThat(await(approvals().show(by("two"), "id-1")).status())
        .isEqualTo(ProposalView.Status.EXPIRED);
    assertThat(demolition.demolished).isEmpty();
  }

  @Test
  void a_withdrawn_proposal_is_approved_by_nobody() throws Exception {
    ProposalView proposal = proposed();

    assertThat(await(approvals().withdraw(by("three"), "id-1")).status())
        .isEqualTo(ProposalView.Status.WITHDRAWN);
    refused(approve(by("two"), proposal), RefusalCode.PROPOSAL_STATE, "withdrawn");
    assertThat(demolition.demolished).isEmpty();
  }

  @Test
  void what_has_changed_since_it_was_proposed_is_not_done() throws Exception {
    ProposalView proposal = proposed();
    demolition.revision.incrementAndGet();

    refused(approve(by("two"), proposal), RefusalCode.PROPOSAL_STATE, "changed since");
    assertThat(demolition.demolished).isEmpty();
  }

  @Test
  void an_approval_is_for_what_was_looked_at() throws Exception {
    ProposalView proposal = proposed();
    ProposalView other = proposed();

    refused(
        approvals().approve(by("two"), proposal.proposal().id(), other.digest()),
        RefusalCode.PROPOSAL_STATE,
        "digest");
    refused(
        approvals().approve(by("two"), proposal.proposal().id(), ""),
        RefusalCode.PROPOSAL_STATE,
        "digest");
    assertThat(demolition.demolished).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "description = replace(description, 'house=the mill', 'house=the town hall')",
        "description = replace(description, 'proposer=one', 'proposer=four')",
        "description = replace(description, 'revision 7', 'revision 8')",
        "description = description || 'x'",
        "expires_ms = expires_ms + 1",
      })
  void a_proposal_that_was_altered_in_the_store_is_not_done(String change) throws Exception {
    ProposalView proposal = proposed();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate("UPDATE proposal SET " + change)).isEqualTo(1);
    }

    refused(approve(by("two"), proposal), RefusalCode.PROPOSAL_STATE, "the proposal ");
    assertThat(demolition.demolished).isEmpty();
  }

  @Test
  void of_many_who_approve_at_the_same_time_one_does_it() throws Exception {
    ProposalView proposal = proposed();

    List<CompletableFuture<ProposalView>> attempts = IntStream.range(0, 16)
        .mapToObj(i -> approve(by("officer-" + i), proposal).toCompletableFuture())
        .toList();

    int done = 0;
    for (CompletableFuture<ProposalView> attempt : attempts) {
      try {
        await(attempt);
        done++;
      } catch (java.util.concurrent.ExecutionException e) {
        assertThat(EngineException.of(Objects.requireNonNull(e.getCause())).code())
            .isEqualTo(RefusalCode.PROPOSAL_STATE);
      }
    }
    assertThat(done).isEqualTo(1);
    assertThat(demolition.demolished).hasSize(1);
  }

  @Test
  void nothing_is_done_while_the_approval_cannot_be_recorded() throws Exception {
    ProposalView proposal = proposed();
    audit.fail(true);

    refused(approve(by("two"), proposal), RefusalCode.AUDIT_UNAVAILABLE, "audit log");
    audit.fail(false);

    assertThat(demolition.demolished).isEmpty();
    assertThat(await(approvals().show(by("two"), "id-1")).status())
        .isEqualTo(ProposalView.Status.APPROVED);
    refused(approve(by("two"), proposal), RefusalCode.PROPOSAL_STATE, "counts once");
  }

  @Test
  void what_fails_when_it_is_carried_out_is_not_tried_again() throws Exception {
    ProposalView proposal = proposed();
    demolition.fails = true;

    refused(approve(by("two"), proposal), RefusalCode.KEYS_UNAVAILABLE, "no crane");
    demolition.fails = false;

    assertThat(last().action()).isEqualTo("demolish");
    assertThat(last().outcome()).isEqualTo("keys_unavailable");
    assertThat(last().details()).containsEntry("proposer", "one");
    assertThat(await(approvals().show(by("two"), "id-1")).status())
        .isEqualTo(ProposalView.Status.FAILED);
    refused(approve(by("two"), proposal), RefusalCode.PROPOSAL_STATE, "counts once");
  }

  @Test
  void a_gateway_without_the_operation_does_not_use_the_approval_up() throws Exception {
    ProposalView proposal = proposed();

    refused(
        approvals(2).approve(by("two"), "id-1", proposal.digest()),
        RefusalCode.PROPOSAL_STATE,
        "does not have");
    assertThat(await(approve(by("two"), proposal)).status()).isEqualTo(ProposalView.Status.DONE);
  }

  @Test
  void where_one_person_is_enough_it_is_done_at_once_and_recorded_so() throws Exception {
    Asked<String> asked = await(approvals(1, demolition).ask(by("one"), demolition, "the mill"));

    assertThat(asked).isEqualTo(new Asked.Done<>("demolished"));
    assertThat(last().action()).isEqualTo("demolish");
    assertThat(last().details()).containsEntry("persons", "1");
  }

  @Test
  void what_is_done_already_asks_nobody() throws Exception {
    assertThat(await(approvals().ask(by("one"), demolition, "ruin")))
        .isEqualTo(new Asked.Done<>("was demolished already"));
    assertThat(await(approvals().list(by("one")))).isEmpty();
  }

  @Test
  void a_dry_run_says_what_would_be_done_and_leaves_no_proposal() throws Exception {
    assertThat(await(approvals().dryRun(by("one"), demolition, "the mill")))
        .containsExactly("demolishes the mill");
    assertThat(await(approvals().list(by("one")))).isEmpty();
  }

  @Test
  void a_strange_id_or_name_is_refused_and_not_repeated() throws Exception {
    refused(
        approvals().show(by("one"), "' OR 1=1 --"), RefusalCode.INVALID_VALUE, "no such proposal");
    assertThat(last().details()).isEmpty();
    refused(approvals().withdraw(by("one"), "id-99"), RefusalCode.INVALID_VALUE, "no such");
    refused(
        approvals().ask(by("one"), demolition, "the\nmill"),
        RefusalCode.INVALID_VALUE,
        "no line breaks");
  }
}
