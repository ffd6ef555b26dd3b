package dev.phial.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.phial.proto.v1.AdminServiceGrpc;
import dev.phial.proto.v1.ApproveProposalRequest;
import dev.phial.proto.v1.CancelKeyDestructionRequest;
import dev.phial.proto.v1.CancelPinMoveRequest;
import dev.phial.proto.v1.DeleteTokensRequest;
import dev.phial.proto.v1.DeleteTokensResponse;
import dev.phial.proto.v1.DisableKeyVersionRequest;
import dev.phial.proto.v1.EnableKeyVersionRequest;
import dev.phial.proto.v1.FinishPinMoveRequest;
import dev.phial.proto.v1.GetDestructionReceiptRequest;
import dev.phial.proto.v1.GetProposalRequest;
import dev.phial.proto.v1.HoldPinRequest;
import dev.phial.proto.v1.KeyDependent;
import dev.phial.proto.v1.KeyDestructionPlan;
import dev.phial.proto.v1.KeyPurpose;
import dev.phial.proto.v1.KeyState;
import dev.phial.proto.v1.KeyVersion;
import dev.phial.proto.v1.Keyset;
import dev.phial.proto.v1.ListKeysetsRequest;
import dev.phial.proto.v1.ListPinsRequest;
import dev.phial.proto.v1.ListProposalsRequest;
import dev.phial.proto.v1.MovePinRequest;
import dev.phial.proto.v1.Pin;
import dev.phial.proto.v1.PinState;
import dev.phial.proto.v1.Proposal;
import dev.phial.proto.v1.ProposalState;
import dev.phial.proto.v1.RewrapKeysetRequest;
import dev.phial.proto.v1.RotateKeysetRequest;
import dev.phial.proto.v1.ScheduleKeyDestructionRequest;
import dev.phial.proto.v1.TokenSelection;
import dev.phial.proto.v1.TrimKeysetRequest;
import dev.phial.proto.v1.WithdrawProposalRequest;
import io.grpc.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminServiceTest {
  private final TestServer server = TestServer.onLoopback();

  @AfterEach
  void stop() {
    server.close();
  }

  private static RotateKeysetRequest rotate(String tenant, KeyPurpose purpose) {
    return RotateKeysetRequest.newBuilder()
        .setTenant(tenant)
        .setPurpose(purpose)
        .build();
  }

  @Test
  void a_rotated_keyset_is_answered_and_listed_with_all_its_versions() {
    server.adminAs("officer").rotateKeyset(rotate("north", KeyPurpose.KEY_PURPOSE_ENCRYPT));
    server.adminAs("officer").rotateKeyset(rotate("south", KeyPurpose.KEY_PURPOSE_INDEX));
    Keyset rotated = server
        .adminAs("officer")
        .rotateKeyset(rotate("north", KeyPurpose.KEY_PURPOSE_ENCRYPT))
        .getKeyset();

    assertThat(rotated.getPrimaryVersion()).isEqualTo(2);
    assertThat(rotated.getVersionsList()).hasSize(2);
    assertThat(rotated.getVersions(0).getState()).isEqualTo(KeyState.KEY_STATE_ENABLED);
    assertThat(rotated.getVersions(0).getCreated())
        .isEqualTo(Timestamp.newBuilder()
            .setSeconds(RecordingKeys.CREATED.getEpochSecond())
            .setNanos(7)
            .build());
    assertThat(rotated.getVersions(0).getKek()).isEqualTo("local/default");
    assertThat(server
            .adminAs("officer")
            .listKeysets(ListKeysetsRequest.newBuilder().setTenant("north").build())
            .getKeysetsList())
        .containsExactly(rotated);
    assertThat(server
            .adminAs("officer")
            .listKeysets(ListKeysetsRequest.getDefaultInstance())
            .getKeysetsList())
        .hasSize(2);
  }

  @Test
  void a_pin_is_moved_held_and_settled_again() {
    AdminServiceGrpc.AdminServiceBlockingStub officer = server.adminAs("officer");
    Pin moving = officer
        .movePin(
            MovePinRequest.newBuilder().setTenant("north").setElement("ssn").build())
        .getPin();
    assertThat(moving)
        .isEqualTo(Pin.newBuilder()
            .setTenant("north")
            .setElement("ssn")
            .setState(PinState.PIN_STATE_MOVING)
            .setVersion(1)
            .setTargetVersion(2)
            .build());
    FinishPinMoveRequest finish =
        FinishPinMoveRequest.newBuilder().setTenant("north").setElement("ssn").build();
    assertThat(Failure.of(() -> officer.finishPinMove(finish)).code())
        .isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(officer
            .holdPin(
                HoldPinRequest.newBuilder().setTenant("north").setElement("ssn").build())
            .getPin()
            .getState())
        .isEqualTo(PinState.PIN_STATE_HELD);
    Pin settled = officer.finishPinMove(finish).getPin();
    assertThat(settled.getState()).isEqualTo(PinState.PIN_STATE_SETTLED);
    assertThat(settled.getVersion()).isEqualTo(2);
    assertThat(settled.getTargetVersion()).isZero();
    assertThat(officer
            .listPins(ListPinsRequest.newBuilder().setTenant("north").build())
            .getPinsList())
        .containsExactly(settled);
    assertThat(officer
            .cancelPinMove(CancelPinMoveRequest.newBuilder()
                .setTenant("north")
                .setElement("ssn")
                .build())
            .getPin()
            .getVersion())
        .isEqualTo(1);
  }

  @Test
  void a_step_of_a_move_names_tenant_and_element() {
    AdminServiceGrpc.AdminServiceBlockingStub officer = server.adminAs("officer");
    assertThat(Failure.of(() ->
                officer.movePin(MovePinRequest.newBuilder().setTenant("north").build()))
            .code())
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(Failure.of(() ->
                officer.holdPin(HoldPinRequest.newBuilder().setElement("ssn").build()))
            .code())
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void a_version_is_disabled_and_enabled_and_its_keyset_rewrapped() {
    AdminServiceGrpc.AdminServiceBlockingStub officer = server.adminAs("officer");
    officer.rotateKeyset(rotate("north", KeyPurpose.KEY_PURPOSE_ENCRYPT));
    officer.rotateKeyset(rotate("north", KeyPurpose.KEY_PURPOSE_ENCRYPT));

    assertThat(officer
            .disableKeyVersion(disable("north", 1))
            .getKeyset()
            .getVersions(0)
            .getState())
        .isEqualTo(KeyState.KEY_STATE_DISABLED);
    assertThat(officer
            .enableKeyVersion(EnableKeyVersionRequest.newBuilder()
                .setTenant("north")
                .setPurpose(KeyPurpose.KEY_PURPOSE_ENCRYPT)
                .setVersion(1)
                .build())
            .getKeyset()
            .getVersions(0)
            .getState())
        .isEqualTo(KeyState.KEY_STATE_ENABLED);
    assertThat(officer
            .rewrapKeyset(RewrapKeysetRequest.newBuilder()
                .setTenant("north")
                .setPurpose(KeyPurpose.KEY_PURPOSE_ENCRYPT)
                .build())
            .getKeyset()
            .getVersionsList())
        .extracting(KeyVersion::getKekVersion)
        .containsOnly("k2");
  }

  @Test
  void what_does_not_fit_a_keys_state_or_names_no_version_is_refused() {
    server.adminAs("officer").rotateKeyset(rotate("north", KeyPurpose.KEY_PURPOSE_ENCRYPT));

    Failure primary =
        Failure.of(() -> server.adminAs("officer").disableKeyVersion(disable("north", 1)));
    Failure noVersion =
        Failure.of(() -> server.adminAs("officer").disableKeyVersion(disable("north", 0)));

    assertThat(primary.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(primary.reason()).isEqualTo("KEY_STATE");
    assertThat(noVersion.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void a_version_is_to_be_destroyed_and_what_hangs_on_it_is_told() {
    AdminServiceGrpc.AdminServiceBlockingStub officer = server.adminAs("officer");
    ScheduleKeyDestructionRequest.Builder request = ScheduleKeyDestructionRequest.newBuilder()
        .setTenant("north")
        .setPurpose(KeyPurpose.KEY_PURPOSE_TOKENIZE)
        .setVersion(1)
        .setWaiting(Duration.newBuilder().setSeconds(60));

    assertThat(Failure.of(() -> officer.scheduleKeyDestruction(request.build())).reason())
        .isEqualTo("KEY_STATE");
    KeyDestructionPlan plan =
        officer.scheduleKeyDestruction(request.setDiscard(true).build()).getPlan();

    assertThat(plan.getVersionsList()).containsExactly(1);
    assertThat(plan.getDestroyTime().getSeconds())
        .isEqualTo(RecordingDestruction.NOW.plusSeconds(60).getEpochSecond());
    assertThat(plan.getKeyset().getVersions(0).getDestroyTime()).isEqualTo(plan.getDestroyTime());
    assertThat(plan.getKeyset().getVersions(0).hasDestroyedTime()).isFalse();
    assertThat(plan.getDependentsList())
        .containsExactly(
            KeyDependent.newBuilder()
                .setVersion(1)
                .setKind(KeyDependent.Kind.KIND_PIN)
                .setElement("ssn")
                .setCount(1)
                .build(),
            KeyDependent.newBuilder()
                .setVersion(1)
                .setKind(KeyDependent.Kind.KIND_VAULTED_TOKENS)
                .setElement("mrn")
                .setCount(12)
                .build());
    Keyset cancelled = officer
        .cancelKeyDestruction(CancelKeyDestructionRequest.newBuilder()
            .setTenant("north")
            .setPurpose(KeyPurpose.KEY_PURPOSE_TOKENIZE)
            .setVersion(1)
            .build())
        .getKeyset();
    assertThat(cancelled.getVersions(0).hasDestroyTime()).isFalse();
  }

  @Test
  void a_trim_names_the_lowest_version_that_stays_and_a_time_that_is_one() {
    AdminServiceGrpc.AdminServiceBlockingStub officer = server.adminAs("officer");
    TrimKeysetRequest.Builder request = TrimKeysetRequest.newBuilder()
        .setTenant("north")
        .setPurpose(KeyPurpose.KEY_PURPOSE_ENCRYPT)
        .setDryRun(true);
    assertThat(Failure.of(() -> officer.trimKeyset(request.setLeastVersion(1).build()))
            .code())
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(officer.trimKeyset(request.setLeastVersion(3).build()).getPlan().getVersionsList())
        .containsExactly(1, 2);
    for (long seconds : new long[] {-1, Long.MIN_VALUE}) {
      assertThat(Failure.of(() -> officer.trimKeyset(
                  request.setWaiting(Duration.newBuilder().setSeconds(seconds)).build()))
              .code())
          .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
    assertThat(Failure.of(() -> officer.trimKeyset(request
                .setWaiting(
                    Duration.newBuilder().setSeconds(Long.MAX_VALUE).setNanos(2_000_000_000))
                .build()))
            .code())
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void a_receipt_is_of_one_keyset_or_of_all() {
    GetDestructionReceiptRequest.Builder request =
        GetDestructionReceiptRequest.newBuilder().setTenant("north");
    assertThat(server.adminAs("officer").getDestructionReceipt(request.build()).getReceipt())
        .isEqualTo("receipt.north.ALL");
    assertThat(server
            .adminAs("officer")
            .getDestructionReceipt(
                request.setPurpose(KeyPurpose.KEY_PURPOSE_INDEX).build())
            .getReceipt())
        .isEqualTo("receipt.north.INDEX");
  }

  private static DisableKeyVersionRequest disable(String tenant, int version) {
    return DisableKeyVersionRequest.newBuilder()
        .setTenant(tenant)
        .setPurpose(KeyPurpose.KEY_PURPOSE_ENCRYPT)
        .setVersion(version)
        .build();
  }

  @Test
  void what_takes_two_persons_is_answered_with_a_proposal() {
    DeleteTokensRequest.Builder request = DeleteTokensRequest.newBuilder();
    TokenSelection.Builder selection =
        TokenSelection.newBuilder().setElement("zip").addTokens("1");

    DeleteTokensResponse two = server
        .adminAs("officer")
        .deleteTokens(request.setSelection(selection.setTenant("south")).build());
    DeleteTokensResponse one = server
        .adminAs("officer")
        .deleteTokens(request.setSelection(selection.setTenant("north")).build());

    assertThat(two.getTokensList()).isEmpty();
    assertThat(two.getProposal().getState()).isEqualTo(ProposalState.PROPOSAL_STATE_PENDING);
    assertThat(two.getProposal().getDecider()).isEmpty();
    assertThat(two.getProposal().getParameters(0).getValuesList()).containsExactly("1", "2");
    assertThat(one.hasProposal()).isFalse();
    assertThat(one.getTokensList()).hasSize(1);
  }

  @Test
  void a_proposal_is_listed_shown_approved_and_withdrawn() {
    AdminServiceGrpc.AdminServiceBlockingStub officer = server.adminAs("officer");
    ApproveProposalRequest.Builder approval =
        ApproveProposalRequest.newBuilder().setId("p-1");

    assertThat(officer.listProposals(ListProposalsRequest.getDefaultInstance()).getProposalsList())
        .extracting(Proposal::getState)
        .containsExactly(
            ProposalState.PROPOSAL_STATE_PENDING,
            ProposalState.PROPOSAL_STATE_EXPIRED,
            ProposalState.PROPOSAL_STATE_APPROVED,
            ProposalState.PROPOSAL_STATE_FAILED);
    assertThat(officer
            .getProposal(GetProposalRequest.newBuilder().setId("p-1").build())
            .getProposal()
            .getProposer())
        .isEqualTo("officer.one");
    Proposal done = officer
        .approveProposal(approval.setDigest(RecordingApprovals.DIGEST).build())
        .getProposal();
    assertThat(done.getState()).isEqualTo(ProposalState.PROPOSAL_STATE_DONE);
    assertThat(done.getDecider()).isEqualTo("officer.two");
    assertThat(officer
            .withdrawProposal(WithdrawProposalRequest.newBuilder().setId("p-1").build())
            .getProposal()
            .getState())
        .isEqualTo(ProposalState.PROPOSAL_STATE_WITHDRAWN);
    Failure other =
        Failure.of(() -> officer.approveProposal(approval.setDigest("x").build()));
    assertThat(other.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(other.reason()).isEqualTo("PROPOSAL_STATE");
  }

  @Test
  void a_role_that_does_not_administer_is_refused() {
    Failure failure = Failure.of(() ->
        server.adminAs("clinician").rotateKeyset(rotate("north", KeyPurpose.KEY_PURPOSE_ENCRYPT)));

    assertThat(failure.code()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(failure.reason()).isEqualTo("PERMISSION_DENIED");
  }

  @Test
  void a_rotation_without_tenant_or_purpose_is_invalid() {
    Failure noTenant = Failure.of(
        () -> server.adminAs("officer").rotateKeyset(rotate(" ", KeyPurpose.KEY_PURPOSE_INDEX)));
    Failure noPurpose = Failure.of(() -> server
        .adminAs("officer")
        .rotateKeyset(rotate("north", KeyPurpose.KEY_PURPOSE_UNSPECIFIED)));
    Failure strangePurpose = Failure.of(() -> server
        .adminAs("officer")
        .rotateKeyset(RotateKeysetRequest.newBuilder()
            .setTenant("north")
            .setPurposeValue(99)
            .build()));

    assertThat(noTenant.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(noPurpose.reason()).isEqualTo("INVALID_VALUE");
    assertThat(strangePurpose.reason()).isEqualTo("INVALID_VALUE");
  }
}
