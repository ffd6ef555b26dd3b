package dev.phial.gateway.demo;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.gateway.Gateway;
import dev.phial.gateway.audit.AuditVerifier;
import dev.phial.gateway.audit.Verification;
import dev.phial.gateway.auth.LocalIssuer;
import dev.phial.gateway.auth.LocalIssuer.Realm;
import dev.phial.gateway.auth.TokenRequest;
import dev.phial.gateway.config.Auth;
import dev.phial.gateway.config.GatewayConfig;
import dev.phial.gateway.grpc.GrpcAddress;
import dev.phial.gateway.grpc.GrpcClient;
import dev.phial.proto.v1.AdminServiceGrpc;
import dev.phial.proto.v1.KeyPurpose;
import dev.phial.proto.v1.RotateKeysetRequest;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The running gateway, with its callers as the local issuer vouches for them. */
final class LiveStage implements DemoStage {
  private static final String TENANT = "default";

  private final Gateway gateway;
  private final RecordServer records;
  private final Path audit;
  private final LocalIssuer issuer;
  private final LocalIssuer adminIssuer;

  LiveStage(Gateway gateway, RecordServer records, GatewayConfig config) {
    this.gateway = gateway;
    this.records = records;
    this.audit = config.audit().file();
    this.issuer = issuer(Realm.DATA, config.auth());
    this.adminIssuer = issuer(Realm.ADMIN, config.admin().orElseThrow().auth());
  }

  private static LocalIssuer issuer(Realm realm, Auth auth) {
    return LocalIssuer.open(
        realm, auth.localIssuer().orElseThrow().file(), FipsModule.start(), Clock.systemUTC());
  }

  @Override
  public DemoClient application() {
    return client("intake-app", Set.of("application"), "TREAT");
  }

  @Override
  public DemoClient clinician() {
    return client("dr.lindqvist", Set.of("clinician"), "TREAT");
  }

  @Override
  public DemoClient support() {
    return client("support.agent", Set.of("support"), "HOPERAT");
  }

  @Override
  public DemoClient stranger() {
    return client("somebody", Set.of(), "TREAT");
  }

  private DemoClient client(String subject, Set<String> roles, String purpose) {
    return new DemoClient(
        (InetSocketAddress) gateway.addresses().http(),
        issuer.mint(token(subject, roles, purpose)));
  }

  private static TokenRequest token(String subject, Set<String> roles, String purpose) {
    return new TokenRequest(subject, TENANT, roles, Set.of(purpose), TokenRequest.DEFAULT_LIFETIME);
  }

  @Override
  public RecordServer records() {
    return records;
  }

  @Override
  public String rotateKeys() {
    InetSocketAddress admins = (InetSocketAddress) gateway.addresses().admin().orElseThrow();
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
        "Bearer "
            + adminIssuer.mint(
                token("officer.mbeki-strand", Set.of("security-officer"), "SYSADMIN")));
    try (GrpcClient client =
        new GrpcClient(new GrpcAddress.Tcp("127.0.0.1", admins.getPort()), Optional.empty())) {
      AdminServiceGrpc.AdminServiceBlockingStub admin = AdminServiceGrpc.newBlockingStub(
              client.channel())
          .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
          .withDeadlineAfter(20, TimeUnit.SECONDS);
      return rotate(admin, KeyPurpose.KEY_PURPOSE_ENCRYPT) + ", "
          + rotate(admin, KeyPurpose.KEY_PURPOSE_TOKENIZE);
    }
  }

  private static String rotate(
      AdminServiceGrpc.AdminServiceBlockingStub admin, KeyPurpose purpose) {
    int primary = admin
        .rotateKeyset(RotateKeysetRequest.newBuilder()
            .setTenant(TENANT)
            .setPurpose(purpose)
            .build())
        .getKeyset()
        .getPrimaryVersion();
    return (purpose == KeyPurpose.KEY_PURPOSE_ENCRYPT ? "encrypt" : "tokenize")
        + " keyset is at version " + primary;
  }

  @Override
  public List<String> auditLines() {
    try {
      return Files.readAllLines(audit);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean auditIsWhole() {
    try {
      return new AuditVerifier().verify(audit) instanceof Verification.Intact;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
