package dev.phial.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.phial.gateway.grpc.GrpcClient;
import dev.phial.proto.v1.AdminServiceGrpc;
import dev.phial.proto.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import dev.phial.proto.v1.EncryptRequest;
import dev.phial.proto.v1.ListKeysetsRequest;
import dev.phial.proto.v1.ProtectionServiceGrpc;
import dev.phial.proto.v1.ProtectionServiceGrpc.ProtectionServiceBlockingStub;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Data and administration of the whole gateway: two listeners, two trusts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminListenerEndToEndTest {
  private static final ListKeysetsRequest LIST = ListKeysetsRequest.getDefaultInstance();
  private static final EncryptRequest ENCRYPT = EncryptRequest.newBuilder()
      .setElement("given_name")
      .setPlaintext(ByteString.copyFromUtf8("Rosalind"))
      .build();

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
    phial = new RunningGateway(folder, upstream.port());
    data = RunningGateway.client(phial.gateway().addresses().grpc());
    admin = RunningGateway.client(phial.gateway().addresses().admin().orElseThrow());
  }

  @AfterAll
  void stop() {
    data.close();
    admin.close();
    phial.close();
    upstream.close();
  }

  private static AdminServiceBlockingStub admin(GrpcClient client, String token) {
    return AdminServiceGrpc.newBlockingStub(client.channel())
        .withInterceptors(RunningGateway.bearer(token));
  }

  private static ProtectionServiceBlockingStub protection(GrpcClient client, String token) {
    return ProtectionServiceGrpc.newBlockingStub(client.channel())
        .withInterceptors(RunningGateway.bearer(token));
  }

  private static Status status(ThrowingCallable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call).getStatus();
  }

  @Test
  void a_token_for_data_administers_nothing_whatever_its_roles() throws Exception {
    String token = phial.token("security-officer", "SYSADMIN");

    Status refused = status(() -> admin(admin, token).listKeysets(LIST));

    assertThat(refused.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(status(() -> admin(data, token).listKeysets(LIST)).getCode())
        .isEqualTo(Status.Code.UNIMPLEMENTED);
    assertThat(phial.auditLog())
        .contains("\"action\":\"refuse\"", "phial.v1.AdminService/ListKeysets");
  }

  @Test
  void a_token_for_administration_opens_and_seals_nothing_whatever_its_roles() throws Exception {
    String token = phial.adminToken("officer", "security-officer", "application", "clinician");

    assertThat(status(() -> protection(data, token).encrypt(ENCRYPT)).getCode())
        .isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(status(() -> protection(admin, token).encrypt(ENCRYPT)).getCode())
        .isEqualTo(Status.Code.UNIMPLEMENTED);
    assertThat(phial.get("/fhir/Patient/1001", token).statusCode()).isEqualTo(401);
    assertThat(admin(admin, token).listKeysets(LIST)).isNotNull();
  }

  @Test
  void who_administers_is_recorded_under_the_channel_of_administration() throws Exception {
    var unused = admin(admin, phial.adminToken("officer.brandt-oyelaran", "security-officer"))
        .listKeysets(LIST);

    assertThat(phial.auditLog().lines().filter(line -> line.contains("officer.brandt-oyelaran")))
        .singleElement()
        .asString()
        .contains("\"action\":\"list_keysets\"", "\"channel\":\"admin\"");
  }

  @Test
  void an_administrators_token_without_a_role_that_administers_is_refused() {
    assertThat(status(
                () -> admin(admin, phial.adminToken("officer", "clinician")).listKeysets(LIST))
            .getCode())
        .isEqualTo(Status.Code.PERMISSION_DENIED);
  }
}
