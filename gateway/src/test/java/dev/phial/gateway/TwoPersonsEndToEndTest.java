package dev.phial.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.phial.gateway.grpc.GrpcClient;
import dev.phial.proto.v1.AdminServiceGrpc;
import dev.phial.proto.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import dev.phial.proto.v1.ApproveProposalRequest;
import dev.phial.proto.v1.DeleteTokensRequest;
import dev.phial.proto.v1.DescribeTokensRequest;
import dev.phial.proto.v1.DisableTokensRequest;
import dev.phial.proto.v1.Proposal;
import dev.phial.proto.v1.ProposalState;
import dev.phial.proto.v1.ProtectionServiceGrpc;
import dev.phial.proto.v1.TokenSelection;
import dev.phial.proto.v1.TokenizeRequest;
import dev.phial.proto.v1.VaultedTokenState;
import dev.phial.proto.v1.WithdrawProposalRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** T52 over gRPC: a destroying operation needs two persons; a replayed approval is refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class TwoPersonsEndToEndTest {
  private static final Path POLICY =
      Path.of(System.getProperty("phial.root", "..")).resolve("config/policy.yaml");
  private static final String ROLE = "security-officer";

  @SuppressWarnings("NullAway.Init")
  private RecordingUpstream upstream;

  @SuppressWarnings("NullAway.Init")
  private RunningGateway phial;

  @SuppressWarnings("NullAway.Init")
  private GrpcClient data;

  @SuppressWarnings("NullAway.Init")
  private GrpcClient admin;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    upstream = new RecordingUpstream();
    phial = new RunningGateway(folder, upstream.port(), "policy=" + policy(folder));
    data = RunningGateway.client(phial.gateway().addresses().grpc());
    admin = RunningGateway.client(phial.gateway().addresses().admin().orElseThrow());
  }

  /** The shipped policy, and an element whose tokens are vaulted. */
  private static Path policy(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("policy.yaml"),
        Files.readString(POLICY).replaceFirst("(?m)^elements:\\R", """
            elements:
              zip: { identifier: GEO, protect: { tokenize: { kind: vaulted, format: "digits:5" } } }
            """));
  }

  @AfterAll
  void stop() {
    data.close();
    admin.close();
    phial.close();
    upstream.close();
  }

  private AdminServiceBlockingStub as(String name, String... roles) {
    String[] held = roles.length == 0 ? new String[] {ROLE} : roles;
    return AdminServiceGrpc.newBlockingStub(admin.channel())
        .withInterceptors(RunningGateway.bearer(phial.adminToken(name, held)));
  }

  private TokenSelection token(String zip) {
    String token = ProtectionServiceGrpc.newBlockingStub(data.channel())
        .withInterceptors(RunningGateway.bearer(phial.token("application", "TREAT")))
        .tokenize(TokenizeRequest.newBuilder().setElement("zip").setValue(zip).build())
        .getToken();
    return TokenSelection.newBuilder()
        .setTenant("default")
        .setElement("zip")
        .addTokens(token)
        .build();
  }

  private Proposal proposed(TokenSelection tokens) {
    return as("officer.one")
        .deleteTokens(DeleteTokensRequest.newBuilder().setSelection(tokens).build())
        .getProposal();
  }

  private VaultedTokenState state(TokenSelection tokens) {
    return as("officer.one")
        .describeTokens(DescribeTokensRequest.newBuilder().setSelection(tokens).build())
        .getTokens(0)
        .getState();
  }

  private static ApproveProposalRequest approval(Proposal proposal) {
    return ApproveProposalRequest.newBuilder()
        .setId(proposal.getId())
        .setDigest(proposal.getDigest())
        .build();
  }

  private static Status.Code refused(ThrowingCallable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call).getStatus().getCode();
  }

  @Test
  void two_persons_delete_and_the_replayed_approval_is_refused() throws Exception {
    TokenSelection tokens = token("02139");
    Proposal proposal = proposed(tokens);
    assertThat(proposal.getState()).isEqualTo(ProposalState.PROPOSAL_STATE_PENDING);
    assertThat(proposal.getEffects(0)).contains("1 tokens of element zip of tenant default");
    assertThat(state(tokens)).isEqualTo(VaultedTokenState.VAULTED_TOKEN_STATE_ENABLED);

    Proposal done = as("officer.two").approveProposal(approval(proposal)).getProposal();

    assertThat(done.getState()).isEqualTo(ProposalState.PROPOSAL_STATE_DONE);
    assertThat(done.getDecider()).isEqualTo("officer.two");
    assertThat(state(tokens)).isEqualTo(VaultedTokenState.VAULTED_TOKEN_STATE_DELETED);
    assertThat(refused(() -> as("officer.two").approveProposal(approval(proposal))))
        .isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(refused(() -> as("officer.three").approveProposal(approval(proposal))))
        .isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(phial.auditLog().lines().filter(line -> line.contains(proposal.getId())))
        .anyMatch(line -> line.contains("\"action\":\"propose\"") && line.contains("officer.one"))
        .anyMatch(line -> line.contains("\"action\":\"approve\"")
            && line.contains("officer.one")
            && line.contains("officer.two"))
        .anyMatch(line -> line.contains("\"action\":\"delete_tokens\"")
            && line.contains("officer.one")
            && line.contains("officer.two"))
        .noneMatch(line -> line.contains("02139"));
  }

  @Test
  void one_person_does_not_delete_under_any_role() {
    TokenSelection tokens = token("10001");
    Proposal proposal = proposed(tokens);

    assertThat(refused(() -> as("officer.one").approveProposal(approval(proposal))))
        .isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(
            refused(() -> as("officer.one", ROLE, "clinician").approveProposal(approval(proposal))))
        .isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(refused(() -> as("dr.lindqvist", "clinician").approveProposal(approval(proposal))))
        .isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(state(tokens)).isEqualTo(VaultedTokenState.VAULTED_TOKEN_STATE_ENABLED);
  }

  @Test
  void what_was_withdrawn_altered_or_overtaken_is_not_done() {
    TokenSelection tokens = token("60601");
    Proposal withdrawn = proposed(tokens);
    var unused = as("officer.one")
        .withdrawProposal(
            WithdrawProposalRequest.newBuilder().setId(withdrawn.getId()).build());
    assertThat(refused(() -> as("officer.two").approveProposal(approval(withdrawn))))
        .isEqualTo(Status.Code.FAILED_PRECONDITION);

    Proposal other = proposed(tokens);
    ApproveProposalRequest altered =
        approval(other).toBuilder().setDigest(withdrawn.getDigest()).build();
    assertThat(refused(() -> as("officer.two").approveProposal(altered)))
        .isEqualTo(Status.Code.FAILED_PRECONDITION);

    var disabled = as("officer.three")
        .disableTokens(DisableTokensRequest.newBuilder().setSelection(tokens).build());
    assertThat(disabled.getTokensCount()).isEqualTo(1);
    assertThat(refused(() -> as("officer.two").approveProposal(approval(other))))
        .isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(state(tokens)).isEqualTo(VaultedTokenState.VAULTED_TOKEN_STATE_DISABLED);
  }

  @Test
  void of_approvals_at_the_same_moment_one_counts() throws Exception {
    Proposal proposal = proposed(token("94110"));
    ExecutorService approvers = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> attempts = IntStream.range(0, 8)
          .<Callable<Boolean>>mapToObj(i -> () -> approves("officer-" + i, proposal))
          .toList();
      int counted = 0;
      for (Future<Boolean> attempt : approvers.invokeAll(attempts, 60, TimeUnit.SECONDS)) {
        counted += attempt.get() ? 1 : 0;
      }
      assertThat(counted).isEqualTo(1);
    } finally {
      approvers.shutdownNow();
    }
  }

  private boolean approves(String name, Proposal proposal) {
    try {
      return as(name).approveProposal(approval(proposal)).hasProposal();
    } catch (StatusRuntimeException e) {
      assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
      return false;
    }
  }
}
