package dev.phial.gateway.admin.approval;

import dev.phial.gateway.admin.AuditedAdministration;
import dev.phial.gateway.engine.EngineException;
import dev.phial.gateway.engine.RefusalCode;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.store.ProposalState;
import dev.phial.gateway.store.ProposalStore;
import dev.phial.gateway.store.StoredProposal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets dangerous operations happen when two persons want them: what one asks for is written down, and done when another approves.
 *
 * <p>An approval is, in this order: checked, taken in the store by one of all who try, recorded in the audit log, carried out,
 * recorded again. Whatever ends it between leaves the proposal approved and not carried out again: at most once, never twice.
 *
 * <p>Thread-safe.
 */
public final class Approvals implements ApprovalOperations {
  private static final Logger LOG = LoggerFactory.getLogger(Approvals.class);
  private static final Pattern ID = Pattern.compile("[0-9a-z-]{1,64}");
  private static final int LISTED = 200;

  private final ProposalStore store;
  private final Map<String, DangerousOperation<?, ?>> operations;
  private final AuditedAdministration administration;
  private final ApprovalRules rules;
  private final InstantSource clock;
  private final Supplier<String> ids;

  /**
   * @param operations all whose proposals can be carried out
   * @param ids a new, unique name for each proposal: lower-case letters, digits and hyphens, 64 at most
   */
  public Approvals(
      ProposalStore store,
      List<DangerousOperation<?, ?>> operations,
      AuditedAdministration administration,
      ApprovalRules rules,
      InstantSource clock,
      Supplier<String> ids) {
    this.store = store;
    this.operations = operations.stream()
        .collect(Collectors.toMap(DangerousOperation::action, Function.identity()));
    this.administration = administration;
    this.rules = rules;
    this.clock = clock;
    this.ids = ids;
  }

  /** Asks for an operation: it is proposed, or, where one person is enough, done. */
  public <P, R> CompletionStage<Asked<R>> ask(
      Call call, DangerousOperation<P, R> operation, P asked) {
    return rules.oneIsEnough() ? alone(call, operation, asked) : propose(call, operation, asked);
  }

  /** What an operation would do, and nothing done. */
  public <P, R> CompletionStage<List<String>> dryRun(
      Call call, DangerousOperation<P, R> operation, P asked) {
    return administration.run(
        call,
        () -> operation.look(asked).thenApply(Sight::effects),
        "dry_run",
        Map.of("operation", operation.action()),
        effects -> operation.facts(asked));
  }

  private <P, R> CompletionStage<Asked<R>> alone(
      Call call, DangerousOperation<P, R> operation, P asked) {
    return administration
        .run(
            call,
            () -> operation
                .look(asked)
                .thenCompose(sight -> sight
                    .already()
                    .map(CompletableFuture::completedStage)
                    .orElseGet(() -> operation.execute(asked, sight.state()))),
            operation.action(),
            Map.of("persons", "1"),
            result -> operation.details(asked, result))
        .thenApply(Asked.Done::new);
  }

  private <P, R> CompletionStage<Asked<R>> propose(
      Call call, DangerousOperation<P, R> operation, P asked) {
    return administration.run(
        call,
        () -> operation
            .look(asked)
            .thenCompose(sight -> sight
                .already()
                .<CompletionStage<Asked<R>>>map(
                    answer -> CompletableFuture.completedStage(new Asked.Done<>(answer)))
                .orElseGet(() -> add(() -> proposal(call, operation, asked, sight)))),
        "propose",
        Map.of("operation", operation.action()),
        answer -> joined(
            operation.facts(asked),
            answer instanceof Asked.Proposed<R> proposed
                ? facts(proposed.proposal())
                : Map.of("already", "done")));
  }

  private <P, R> Proposal proposal(
      Call call, DangerousOperation<P, R> operation, P asked, Sight<R> sight) {
    Instant now = now();
    return new Proposal(
        ids.get(),
        operation.action(),
        operation.write(asked),
        sight.state(),
        sight.effects(),
        Person.of(call.caller()),
        now,
        now.plus(rules.validFor()));
  }

  private <R> CompletionStage<Asked<R>> add(Supplier<Proposal> proposed) {
    StoredProposal row = row(proposed);
    return kept(store.add(row)).thenApply(added -> {
      if (!added) {
        throw new IllegalStateException("a proposal's id was given twice");
      }
      return new Asked.Proposed<>(view(row));
    });
  }

  private static StoredProposal row(Supplier<Proposal> proposed) {
    try {
      Proposal proposal = proposed.get();
      return new StoredProposal(
          proposal.id(),
          ProposalText.of(proposal),
          proposal.created(),
          proposal.expires(),
          ProposalState.PENDING,
          Optional.empty());
    } catch (IllegalArgumentException e) {
      throw new EngineException(
          RefusalCode.INVALID_VALUE, "names hold no line breaks and no control characters", e);
    }
  }

  @Override
  public CompletionStage<List<ProposalView>> list(Call call) {
    return administration.run(
        call,
        () -> kept(store.newest(LISTED))
            .thenApply(rows -> rows.stream().flatMap(this::readable).toList()),
        "list_proposals",
        Map.of(),
        found -> Map.of());
  }

  /** What somebody has altered hides none of the others. */
  private Stream<ProposalView> readable(StoredProposal row) {
    try {
      return Stream.of(view(row));
    } catch (EngineException e) {
      return Stream.empty();
    }
  }

  @Override
  public CompletionStage<ProposalView> show(Call call, String id) {
    return administration.run(
        call, () -> find(id).thenApply(this::view), "show_proposal", named(id), found -> Map.of());
  }

  @Override
  public CompletionStage<ProposalView> withdraw(Call call, String id) {
    return administration.run(
        call,
        () -> find(id).thenCompose(row -> decide(call, pending(row), ProposalState.WITHDRAWN)),
        "withdraw",
        named(id),
        Approvals::facts);
  }

  @Override
  public CompletionStage<ProposalView> approve(Call call, String id, String digest) {
    return administration
        .run(call, () -> taken(call, id, digest), "approve", named(id), Taken::facts)
        .thenCompose(taken -> administration.run(
            call,
            taken::execute,
            taken.approved().proposal().action(),
            taken.facts(),
            details -> details))
        .thenCompose(details -> find(id).thenApply(this::view));
  }

  /** An approval that is this call's to carry out, and nobody else's. */
  private record Taken(
      ProposalView approved,
      Map<String, String> about,
      Supplier<CompletionStage<Map<String, String>>> work) {
    CompletionStage<Map<String, String>> execute() {
      return work.get();
    }

    Map<String, String> facts() {
      return joined(about, Approvals.facts(approved));
    }
  }

  private CompletionStage<Taken> taken(Call call, String id, String digest) {
    return find(id).thenCompose(row -> {
      ProposalView seen = view(pending(row));
      if (!seen.digest().equals(digest)) {
        throw refused("is not the one that you have looked at (digest); look again");
      }
      requireAnother(Person.of(call.caller()), seen.proposal().proposer());
      DangerousOperation<?, ?> operation = operations.get(seen.proposal().action());
      if (operation == null) {
        throw refused("is of an operation that this gateway does not have; ask the one that has");
      }
      return taken(call, row, seen, operation);
    });
  }

  private <P, R> CompletionStage<Taken> taken(
      Call call, StoredProposal row, ProposalView seen, DangerousOperation<P, R> operation) {
    P asked = read(operation, seen.proposal().parameters());
    String state = seen.proposal().state();
    return operation
        .look(asked)
        .thenCompose(sight -> {
          if (sight.already().isPresent() || !sight.state().equals(state)) {
            throw refused(
                "is about something that has changed since; withdraw it, and propose anew");
          }
          return decide(call, row, ProposalState.APPROVED);
        })
        .thenApply(approved -> new Taken(
            approved,
            operation.facts(asked),
            () -> ended(
                row.id(),
                operation
                    .execute(asked, state)
                    .thenApply(result -> operation.details(asked, result)))));
  }

  private static <P> P read(DangerousOperation<P, ?> operation, Parameters parameters) {
    try {
      return operation.read(parameters);
    } catch (IllegalArgumentException e) {
      throw refused("was written by another version of Phial; propose anew");
    }
  }

  private static void requireAnother(Person approver, Person proposer) {
    if (!approver.issuer().equals(proposer.issuer())) {
      throw new EngineException(
          RefusalCode.PERMISSION_DENIED,
          "another issuer vouches for the proposer than for you: whether you are two persons cannot be told");
    }
    if (approver.mayBe(proposer)) {
      throw new EngineException(
          RefusalCode.PERMISSION_DENIED,
          "who proposes does not approve: this needs a second person, under a name of his own");
    }
  }

  private CompletionStage<ProposalView> decide(
      Call call, StoredProposal row, ProposalState decided) {
    Person by = Person.of(call.caller());
    StoredProposal.Decision decision = new StoredProposal.Decision(by.name(), by.issuer(), now());
    return kept(store.decide(row.id(), decided, decision)).thenApply(first -> {
      if (!first) {
        throw refused("was decided by somebody else at the same moment; look again");
      }
      return view(new StoredProposal(
          row.id(),
          row.description(),
          row.created(),
          row.expires(),
          decided,
          Optional.of(decision)));
    });
  }

  /** Writes down how it ended. That this fails undoes nothing, so the answer is still the work's. */
  private <T> CompletionStage<T> ended(String id, CompletionStage<T> work) {
    return work.handle((result, failure) ->
            store.end(id, failure == null ? ProposalState.DONE : ProposalState.FAILED))
        .thenCompose(Function.identity())
        .handle((ended, failure) -> {
          if (failure != null) {
            LOG.warn("approvals: the end of proposal {} could not be written down", id);
          }
          return work;
        })
        .thenCompose(Function.identity());
  }

  /** The row again, when it can be decided. */
  private StoredProposal pending(StoredProposal row) {
    return switch (view(row).status()) {
      case PENDING -> row;
      case EXPIRED -> throw refused("has expired; propose anew");
      case WITHDRAWN -> throw refused("was withdrawn");
      case APPROVED, DONE, FAILED -> throw refused("was approved already; an approval counts once");
    };
  }

  private CompletionStage<StoredProposal> find(String id) {
    if (!ID.matcher(id).matches()) {
      throw unknown();
    }
    return kept(store.find(id)).thenApply(row -> row.orElseThrow(Approvals::unknown));
  }

  private ProposalView view(StoredProposal row) {
    Proposal proposal = proposal(row);
    return new ProposalView(
        proposal,
        ProposalText.digest(row.description()),
        status(row),
        row.decision()
            .map(made ->
                new ProposalView.Decision(new Person(made.by(), made.issuer()), made.at())));
  }

  private static Proposal proposal(StoredProposal row) {
    try {
      Proposal proposal = ProposalText.parse(row.description());
      if (proposal.id().equals(row.id())
          && proposal.created().equals(row.created())
          && proposal.expires().equals(row.expires())) {
        return proposal;
      }
    } catch (IllegalArgumentException e) {
      LOG.warn("approvals: the stored proposal {} cannot be read", row.id());
    }
    throw refused("was altered in the store, or written by a newer Phial; propose anew");
  }

  private ProposalView.Status status(StoredProposal row) {
    return switch (row.state()) {
      case PENDING ->
        clock.instant().isBefore(row.expires())
            ? ProposalView.Status.PENDING
            : ProposalView.Status.EXPIRED;
      case APPROVED -> ProposalView.Status.APPROVED;
      case DONE -> ProposalView.Status.DONE;
      case FAILED -> ProposalView.Status.FAILED;
      case WITHDRAWN -> ProposalView.Status.WITHDRAWN;
    };
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Who proposed it, and exactly what: the one who decides is the record's caller. */
  private static Map<String, String> facts(ProposalView view) {
    return Map.of(
        "proposal", view.proposal().id(),
        "operation", view.proposal().action(),
        "proposal_sha256", view.digest(),
        "proposer", view.proposal().proposer().name(),
        "issuer", view.proposal().proposer().issuer());
  }

  private static Map<String, String> named(String id) {
    return ID.matcher(id).matches() ? Map.of("proposal", id) : Map.of();
  }

  private static Map<String, String> joined(Map<String, String> some, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(some);
    all.putAll(more);
    return all;
  }

  private static <T> CompletionStage<T> kept(CompletionStage<T> stage) {
    return stage.exceptionallyCompose(failure -> CompletableFuture.failedStage(new EngineException(
        RefusalCode.STORE_UNAVAILABLE, "the store of proposals does not answer", failure)));
  }

  private static EngineException refused(String what) {
    return new EngineException(RefusalCode.PROPOSAL_STATE, "the proposal " + what);
  }

  private static EngineException unknown() {
    return new EngineException(RefusalCode.INVALID_VALUE, "there is no such proposal");
  }
}
