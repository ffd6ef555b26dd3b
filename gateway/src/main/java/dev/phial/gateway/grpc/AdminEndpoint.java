package dev.phial.gateway.grpc;

import dev.phial.gateway.admin.AdminOperations;
import dev.phial.gateway.admin.DestructionOperations;
import dev.phial.gateway.admin.JobOperations;
import dev.phial.gateway.admin.KeyOperations;
import dev.phial.gateway.admin.PinOperations;
import dev.phial.gateway.admin.TokenOperations;
import dev.phial.gateway.admin.approval.ApprovalOperations;
import dev.phial.gateway.engine.EngineException;
import dev.phial.gateway.engine.RefusalCode;
import dev.phial.proto.v1.AdminServiceGrpc.AdminServiceImplBase;
import dev.phial.proto.v1.ApproveProposalRequest;
import dev.phial.proto.v1.ApproveProposalResponse;
import dev.phial.proto.v1.CancelJobRequest;
import dev.phial.proto.v1.CancelJobResponse;
import dev.phial.proto.v1.CancelKeyDestructionRequest;
import dev.phial.proto.v1.CancelKeyDestructionResponse;
import dev.phial.proto.v1.CancelPinMoveRequest;
import dev.phial.proto.v1.CancelPinMoveResponse;
import dev.phial.proto.v1.CancelTenantShredRequest;
import dev.phial.proto.v1.CancelTenantShredResponse;
import dev.phial.proto.v1.CountTokensRequest;
import dev.phial.proto.v1.CountTokensResponse;
import dev.phial.proto.v1.DeleteTokensRequest;
import dev.phial.proto.v1.DeleteTokensResponse;
import dev.phial.proto.v1.DescribeTokensRequest;
import dev.phial.proto.v1.DescribeTokensResponse;
import dev.phial.proto.v1.DisableKeyVersionRequest;
import dev.phial.proto.v1.DisableKeyVersionResponse;
import dev.phial.proto.v1.DisableTokensRequest;
import dev.phial.proto.v1.DisableTokensResponse;
import dev.phial.proto.v1.EnableKeyVersionRequest;
import dev.phial.proto.v1.EnableKeyVersionResponse;
import dev.phial.proto.v1.EnableTokensRequest;
import dev.phial.proto.v1.EnableTokensResponse;
import dev.phial.proto.v1.FinishPinMoveRequest;
import dev.phial.proto.v1.FinishPinMoveResponse;
import dev.phial.proto.v1.GetDestructionReceiptRequest;
import dev.phial.proto.v1.GetDestructionReceiptResponse;
import dev.phial.proto.v1.GetJobReportRequest;
import dev.phial.proto.v1.GetJobReportResponse;
import dev.phial.proto.v1.GetJobRequest;
import dev.phial.proto.v1.GetJobResponse;
import dev.phial.proto.v1.GetProposalRequest;
import dev.phial.proto.v1.GetProposalResponse;
import dev.phial.proto.v1.HoldPinRequest;
import dev.phial.proto.v1.HoldPinResponse;
import dev.phial.proto.v1.KeyPurpose;
import dev.phial.proto.v1.ListJobsRequest;
import dev.phial.proto.v1.ListJobsResponse;
import dev.phial.proto.v1.ListKeysetsRequest;
import dev.phial.proto.v1.ListKeysetsResponse;
import dev.phial.proto.v1.ListPinsRequest;
import dev.phial.proto.v1.ListPinsResponse;
import dev.phial.proto.v1.ListProposalsRequest;
import dev.phial.proto.v1.ListProposalsResponse;
import dev.phial.proto.v1.MovePinRequest;
import dev.phial.proto.v1.MovePinResponse;
import dev.phial.proto.v1.RewrapKeysetRequest;
import dev.phial.proto.v1.RewrapKeysetResponse;
import dev.phial.proto.v1.RotateKeysetRequest;
import dev.phial.proto.v1.RotateKeysetResponse;
import dev.phial.proto.v1.ScheduleKeyDestructionRequest;
import dev.phial.proto.v1.ScheduleKeyDestructionResponse;
import dev.phial.proto.v1.SetMinimumVersionRequest;
import dev.phial.proto.v1.SetMinimumVersionResponse;
import dev.phial.proto.v1.ShredTenantRequest;
import dev.phial.proto.v1.ShredTenantResponse;
import dev.phial.proto.v1.StartJobRequest;
import dev.phial.proto.v1.StartJobResponse;
import dev.phial.proto.v1.TrimKeysetRequest;
import dev.phial.proto.v1.TrimKeysetResponse;
import dev.phial.proto.v1.WithdrawProposalRequest;
import dev.phial.proto.v1.WithdrawProposalResponse;
import io.grpc.stub.StreamObserver;
import java.util.Optional;

/** {@code phial.v1.AdminService}: translates; {@link AdminOperations} decide who may. */
final class AdminEndpoint extends AdminServiceImplBase {
  private final KeyOperations keys;
  private final PinOperations pins;
  private final TokenOperations tokens;
  private final ApprovalOperations approvals;
  private final DestructionOperations destruction;
  private final JobOperations jobs;

  AdminEndpoint(AdminOperations administration) {
    this.keys = administration.keys();
    this.pins = administration.pins();
    this.tokens = administration.tokens();
    this.approvals = administration.approvals();
    this.destruction = administration.destruction();
    this.jobs = administration.jobs();
  }

  @Override
  public void listKeysets(
      ListKeysetsRequest request, StreamObserver<ListKeysetsResponse> observer) {
    Optional<String> tenant = Optional.of(request.getTenant()).filter(name -> !name.isEmpty());
    Answer.to(observer).with(() -> keys.list(CallScope.call(), tenant), KeyMessages::list);
  }

  @Override
  public void rotateKeyset(
      RotateKeysetRequest request, StreamObserver<RotateKeysetResponse> observer) {
    Answer.to(observer)
        .with(
            () -> keys.rotate(
                CallScope.call(),
                required(request.getTenant()),
                KeyMessages.purpose(request.getPurpose())),
            keyset -> RotateKeysetResponse.newBuilder()
                .setKeyset(KeyMessages.keyset(keyset))
                .build());
  }

  @Override
  public void disableKeyVersion(
      DisableKeyVersionRequest request, StreamObserver<DisableKeyVersionResponse> observer) {
    Answer.to(observer)
        .with(
            () -> keys.disable(
                CallScope.call(),
                required(request.getTenant()),
                KeyMessages.purpose(request.getPurpose()),
                required(request.getVersion())),
            keyset -> DisableKeyVersionResponse.newBuilder()
                .setKeyset(KeyMessages.keyset(keyset))
                .build());
  }

  @Override
  public void enableKeyVersion(
      EnableKeyVersionRequest request, StreamObserver<EnableKeyVersionResponse> observer) {
    Answer.to(observer)
        .with(
            () -> keys.enable(
                CallScope.call(),
                required(request.getTenant()),
                KeyMessages.purpose(request.getPurpose()),
                required(request.getVersion())),
            keyset -> EnableKeyVersionResponse.newBuilder()
                .setKeyset(KeyMessages.keyset(keyset))
                .build());
  }

  @Override
  public void setMinimumVersion(
      SetMinimumVersionRequest request, StreamObserver<SetMinimumVersionResponse> observer) {
    Answer.to(observer)
        .with(
            () -> keys.setMinimum(
                CallScope.call(),
                required(request.getTenant()),
                KeyMessages.purpose(request.getPurpose()),
                required(request.getVersion()),
                request.getDryRun()),
            keyset -> SetMinimumVersionResponse.newBuilder()
                .setKeyset(KeyMessages.keyset(keyset))
                .build());
  }

  @Override
  public void rewrapKeyset(
      RewrapKeysetRequest request, StreamObserver<RewrapKeysetResponse> observer) {
    Answer.to(observer)
        .with(
            () -> keys.rewrap(
                CallScope.call(),
                required(request.getTenant()),
                KeyMessages.purpose(request.getPurpose())),
            keyset -> RewrapKeysetResponse.newBuilder()
                .setKeyset(KeyMessages.keyset(keyset))
                .build());
  }

  @Override
  public void scheduleKeyDestruction(
      ScheduleKeyDestructionRequest request,
      StreamObserver<ScheduleKeyDestructionResponse> observer) {
    Answer.to(observer)
        .with(
            () -> destruction.schedule(
                CallScope.call(),
                target(request.getTenant(), request.getPurpose()),
                required(request.getVersion()),
                DestructionMessages.terms(request)),
            plan -> ScheduleKeyDestructionResponse.newBuilder()
                .setPlan(DestructionMessages.plan(plan))
                .build());
  }

  @Override
  public void cancelKeyDestruction(
      CancelKeyDestructionRequest request, StreamObserver<CancelKeyDestructionResponse> observer) {
    Answer.to(observer)
        .with(
            () -> destruction.cancel(
                CallScope.call(),
                target(request.getTenant(), request.getPurpose()),
                required(request.getVersion())),
            keyset -> CancelKeyDestructionResponse.newBuilder()
                .setKeyset(KeyMessages.keyset(keyset))
                .build());
  }

  @Override
  public void shredTenant(
      ShredTenantRequest request, StreamObserver<ShredTenantResponse> observer) {
    Answer.to(observer)
        .with(
            () -> destruction.shred(
                CallScope.call(),
                required(request.getTenant()),
                DestructionMessages.terms(request)),
            plans -> ShredTenantResponse.newBuilder()
                .addAllPlans(plans.stream().map(DestructionMessages::plan).toList())
                .build());
  }

  @Override
  public void cancelTenantShred(
      CancelTenantShredRequest request, StreamObserver<CancelTenantShredResponse> observer) {
    Answer.to(observer)
        .with(
            () -> destruction.cancelShred(CallScope.call(), required(request.getTenant())),
            keysets -> CancelTenantShredResponse.newBuilder()
                .addAllKeysets(keysets.stream().map(KeyMessages::keyset).toList())
                .build());
  }

  @Override
  public void getDestructionReceipt(
      GetDestructionReceiptRequest request,
      StreamObserver<GetDestructionReceiptResponse> observer) {
    Answer.to(observer)
        .with(
            () -> destruction.receipt(
                CallScope.call(),
                required(request.getTenant()),
                request.getPurpose() == KeyPurpose.KEY_PURPOSE_UNSPECIFIED
                    ? Optional.empty()
                    : Optional.of(KeyMessages.purpose(request.getPurpose()))),
            receipt ->
                GetDestructionReceiptResponse.newBuilder().setReceipt(receipt).build());
  }

  @Override
  public void trimKeyset(TrimKeysetRequest request, StreamObserver<TrimKeysetResponse> observer) {
    Answer.to(observer)
        .with(
            () -> destruction.trim(
                CallScope.call(),
                target(request.getTenant(), request.getPurpose()),
                least(request.getLeastVersion()),
                DestructionMessages.terms(request)),
            plan -> TrimKeysetResponse.newBuilder()
                .setPlan(DestructionMessages.plan(plan))
                .build());
  }

  @Override
  public void listPins(ListPinsRequest request, StreamObserver<ListPinsResponse> observer) {
    Optional<String> tenant = Optional.of(request.getTenant()).filter(name -> !name.isEmpty());
    Answer.to(observer)
        .with(
            () -> pins.list(CallScope.call(), tenant),
            found -> ListPinsResponse.newBuilder()
                .addAllPins(found.stream().map(PinMessages::pin).toList())
                .build());
  }

  @Override
  public void movePin(MovePinRequest request, StreamObserver<MovePinResponse> observer) {
    Answer.to(observer)
        .with(
            () -> pins.move(
                CallScope.call(),
                required(request.getTenant()),
                requiredElement(request.getElement())),
            pin -> MovePinResponse.newBuilder().setPin(PinMessages.pin(pin)).build());
  }

  @Override
  public void holdPin(HoldPinRequest request, StreamObserver<HoldPinResponse> observer) {
    Answer.to(observer)
        .with(
            () -> pins.hold(
                CallScope.call(),
                required(request.getTenant()),
                requiredElement(request.getElement())),
            pin -> HoldPinResponse.newBuilder().setPin(PinMessages.pin(pin)).build());
  }

  @Override
  public void finishPinMove(
      FinishPinMoveRequest request, StreamObserver<FinishPinMoveResponse> observer) {
    Answer.to(observer)
        .with(
            () -> pins.finish(
                CallScope.call(),
                required(request.getTenant()),
                requiredElement(request.getElement())),
            pin ->
                FinishPinMoveResponse.newBuilder().setPin(PinMessages.pin(pin)).build());
  }

  @Override
  public void cancelPinMove(
      CancelPinMoveRequest request, StreamObserver<CancelPinMoveResponse> observer) {
    Answer.to(observer)
        .with(
            () -> pins.cancel(
                CallScope.call(),
                required(request.getTenant()),
                requiredElement(request.getElement())),
            pin ->
                CancelPinMoveResponse.newBuilder().setPin(PinMessages.pin(pin)).build());
  }

  @Override
  public void describeTokens(
      DescribeTokensRequest request, StreamObserver<DescribeTokensResponse> observer) {
    Answer.to(observer)
        .with(
            () -> tokens.describe(
                CallScope.call(), TokenAdminMessages.selection(request.getSelection())),
            found -> DescribeTokensResponse.newBuilder()
                .addAllTokens(TokenAdminMessages.tokens(found))
                .build());
  }

  @Override
  public void disableTokens(
      DisableTokensRequest request, StreamObserver<DisableTokensResponse> observer) {
    Answer.to(observer)
        .with(
            () -> tokens.disable(
                CallScope.call(), TokenAdminMessages.selection(request.getSelection())),
            found -> DisableTokensResponse.newBuilder()
                .addAllTokens(TokenAdminMessages.tokens(found))
                .build());
  }

  @Override
  public void enableTokens(
      EnableTokensRequest request, StreamObserver<EnableTokensResponse> observer) {
    Answer.to(observer)
        .with(
            () -> tokens.enable(
                CallScope.call(), TokenAdminMessages.selection(request.getSelection())),
            found -> EnableTokensResponse.newBuilder()
                .addAllTokens(TokenAdminMessages.tokens(found))
                .build());
  }

  @Override
  public void deleteTokens(
      DeleteTokensRequest request, StreamObserver<DeleteTokensResponse> observer) {
    Answer.to(observer)
        .with(
            () -> tokens.delete(
                CallScope.call(), TokenAdminMessages.selection(request.getSelection())),
            TokenAdminMessages::deleted);
  }

  @Override
  public void countTokens(
      CountTokensRequest request, StreamObserver<CountTokensResponse> observer) {
    Answer.to(observer)
        .with(
            () -> tokens.count(CallScope.call(), required(request.getTenant())),
            counts -> CountTokensResponse.newBuilder()
                .addAllCounts(TokenAdminMessages.counts(counts))
                .build());
  }

  @Override
  public void listProposals(
      ListProposalsRequest request, StreamObserver<ListProposalsResponse> observer) {
    Answer.to(observer)
        .with(
            () -> approvals.list(CallScope.call()),
            found -> ListProposalsResponse.newBuilder()
                .addAllProposals(ApprovalMessages.summaries(found))
                .build());
  }

  @Override
  public void getProposal(
      GetProposalRequest request, StreamObserver<GetProposalResponse> observer) {
    Answer.to(observer)
        .with(
            () -> approvals.show(CallScope.call(), request.getId()),
            found -> GetProposalResponse.newBuilder()
                .setProposal(ApprovalMessages.proposal(found))
                .build());
  }

  @Override
  public void approveProposal(
      ApproveProposalRequest request, StreamObserver<ApproveProposalResponse> observer) {
    Answer.to(observer)
        .with(
            () -> approvals.approve(CallScope.call(), request.getId(), request.getDigest()),
            done -> ApproveProposalResponse.newBuilder()
                .setProposal(ApprovalMessages.proposal(done))
                .build());
  }

  @Override
  public void withdrawProposal(
      WithdrawProposalRequest request, StreamObserver<WithdrawProposalResponse> observer) {
    Answer.to(observer)
        .with(
            () -> approvals.withdraw(CallScope.call(), request.getId()),
            withdrawn -> WithdrawProposalResponse.newBuilder()
                .setProposal(ApprovalMessages.proposal(withdrawn))
                .build());
  }

  @Override
  public void startJob(StartJobRequest request, StreamObserver<StartJobResponse> observer) {
    if (request.getDryRun()) {
      Answer.to(observer)
          .with(
              () -> jobs.count(CallScope.call(), JobMessages.order(request)),
              items -> JobMessages.counted(request, items));
      return;
    }
    Answer.to(observer)
        .with(
            () -> jobs.start(CallScope.call(), JobMessages.order(request)),
            job -> StartJobResponse.newBuilder().setJob(JobMessages.job(job)).build());
  }

  @Override
  public void getJob(GetJobRequest request, StreamObserver<GetJobResponse> observer) {
    Answer.to(observer).with(() -> jobs.get(CallScope.call(), request.getId()), JobMessages::shown);
  }

  @Override
  public void listJobs(ListJobsRequest request, StreamObserver<ListJobsResponse> observer) {
    Answer.to(observer).with(() -> jobs.list(CallScope.call()), JobMessages::list);
  }

  @Override
  public void cancelJob(CancelJobRequest request, StreamObserver<CancelJobResponse> observer) {
    Answer.to(observer)
        .with(
            () -> jobs.cancel(CallScope.call(), request.getId()),
            job -> CancelJobResponse.newBuilder().setJob(JobMessages.job(job)).build());
  }

  @Override
  public void getJobReport(
      GetJobReportRequest request, StreamObserver<GetJobReportResponse> observer) {
    Answer.to(observer)
        .with(() -> jobs.get(CallScope.call(), request.getId()), JobMessages::report);
  }

  private static DestructionOperations.Target target(String tenant, KeyPurpose purpose) {
    return new DestructionOperations.Target(required(tenant), KeyMessages.purpose(purpose));
  }

  private static int least(int version) {
    if (version < 2) {
      throw new EngineException(
          RefusalCode.INVALID_VALUE,
          "least_version must be 2 or more: it is the lowest version that stays");
    }
    return version;
  }

  private static String required(String tenant) {
    if (tenant.isBlank()) {
      throw new EngineException(
          RefusalCode.INVALID_VALUE, "tenant must say whose keys or tokens are meant");
    }
    return tenant;
  }

  private static String requiredElement(String element) {
    if (element.isBlank()) {
      throw new EngineException(
          RefusalCode.INVALID_VALUE, "element must name one of the policy's elements");
    }
    return element;
  }

  private static int required(int version) {
    if (version < 1) {
      throw new EngineException(
          RefusalCode.INVALID_VALUE, "version must be one of the keyset's, 1 or more");
    }
    return version;
  }
}
