package dev.phial.benchmarks.rotation;

import com.google.protobuf.ByteString;
import dev.phial.proto.v1.DecryptRequest;
import dev.phial.proto.v1.DetokenizeRequest;
import dev.phial.proto.v1.EncryptRequest;
import dev.phial.proto.v1.EncryptResponse;
import dev.phial.proto.v1.IndexRequest;
import dev.phial.proto.v1.ProtectionServiceGrpc;
import dev.phial.proto.v1.ProtectionServiceGrpc.ProtectionServiceBlockingStub;
import dev.phial.proto.v1.TokenizeRequest;
import dev.phial.proto.v1.TokenizeResponse;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One caller after the other protects something at one gateway and has another one open it at once, or any one open something
 * older; every answer is checked. Thread-safe.
 */
final class Load {
  static final String TENANT = "main";
  static final String POLICY = """
      version: 1
      elements:
        name:    { identifier: NAME, protect: { encrypt: { index: true } } }
        mrn:     { identifier: MRN, protect: { tokenize: { format: text, key_version: marked } } }
        account: { identifier: ACCOUNT, protect: { tokenize: { format: "digits:9..12", key_version: beside } } }
      access:
        application:      { purposes: [TREAT], protect: ["*"] }
        clinician:        { purposes: [TREAT], reveal: { "*": plaintext } }
        security-officer: { administer: true }
      """;

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final int KEPT = 20_000;
  private static final int DEADLINE_SECONDS = 10;

  private final List<GatewayProcess> gateways;
  private final Supplier<String> token;
  private final Versions encrypt;
  private final Versions tokenize;
  private final Revocations revocations;
  private final Tally tally;
  private final AtomicReferenceArray<Sealed> older = new AtomicReferenceArray<>(KEPT);

  Load(
      List<GatewayProcess> gateways,
      Supplier<String> token,
      Versions encrypt,
      Versions tokenize,
      Revocations revocations,
      Tally tally) {
    this.gateways = gateways;
    this.token = token;
    this.encrypt = encrypt;
    this.tokenize = tokenize;
    this.revocations = revocations;
    this.tally = tally;
  }

  /** A call with its caller's credentials. */
  static Metadata headers(String token) {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + token);
    return headers;
  }

  /** One round of one caller. */
  void round() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    int writer = up(random);
    int reader = up(random);
    switch (random.nextInt(5)) {
      case 0 -> made(writer, Sealed.Kind.ENCRYPTED).ifPresent(done -> open(reader, done));
      case 1 -> made(writer, Sealed.Kind.MARKED).ifPresent(done -> open(reader, done));
      case 2 -> made(writer, Sealed.Kind.BESIDE).ifPresent(done -> open(reader, done));
      case 3 -> findByIndex(writer, reader);
      default -> {
        Sealed old = older.get(random.nextInt(KEPT));
        if (old != null) {
          open(reader, old);
        }
      }
    }
  }

  private int up(ThreadLocalRandom random) {
    int gateway = random.nextInt(gateways.size());
    return gateways.get(gateway).isDown() ? (gateway + 1) % gateways.size() : gateway;
  }

  /** Has a gateway open what a version that was taken out of use has protected. */
  void probe(int version) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    for (int i = 0; i < KEPT; i++) {
      Sealed what = older.get(i);
      if (what != null && what.kind() == Sealed.Kind.ENCRYPTED && what.version() == version) {
        open(up(random), what);
        return;
      }
    }
  }

  private Optional<Sealed> made(int gateway, Sealed.Kind kind) {
    String plain = String.valueOf(ThreadLocalRandom.current().nextLong(100_000_000L, 999_999_999L));
    Versions versions = kind == Sealed.Kind.ENCRYPTED ? encrypt : tokenize;
    int before = versions.known(gateway);
    Optional<Sealed> done = call(
        gateway,
        kind == Sealed.Kind.ENCRYPTED
            ? stub -> encrypted(stub, plain)
            : stub -> tokenized(stub, kind, plain));
    done.ifPresent(made -> {
      versions.written(gateway, made.version(), before);
      older.set(ThreadLocalRandom.current().nextInt(KEPT), made);
    });
    return done;
  }

  private static Sealed encrypted(ProtectionServiceBlockingStub stub, String plain) {
    EncryptResponse response = stub.encrypt(EncryptRequest.newBuilder()
        .setElement(Sealed.Kind.ENCRYPTED.element())
        .setPlaintext(ByteString.copyFromUtf8(plain))
        .build());
    return new Sealed(
        Sealed.Kind.ENCRYPTED, response.getCiphertext(), response.getKeyVersion(), plain);
  }

  private static Sealed tokenized(
      ProtectionServiceBlockingStub stub, Sealed.Kind kind, String plain) {
    TokenizeResponse response = stub.tokenize(
        TokenizeRequest.newBuilder().setElement(kind.element()).setValue(plain).build());
    return new Sealed(kind, response.getToken(), response.getKeyVersion(), plain);
  }

  private void open(int gateway, Sealed what) {
    boolean revoked = what.kind() == Sealed.Kind.ENCRYPTED && revocations.concerns(what.version());
    Function<ProtectionServiceBlockingStub, String> opening = stub -> opened(stub, what);
    Optional<String> plain =
        revoked ? refusable(gateway, what.version(), opening) : call(gateway, opening);
    plain.ifPresent(value -> {
      if (!value.equals(what.plain())) {
        tally.wrong(what.kind().element() + " opened to another value");
      } else if (revoked) {
        revocations.opened(what.version());
      }
    });
  }

  private static String opened(ProtectionServiceBlockingStub stub, Sealed what) {
    return switch (what.kind()) {
      case ENCRYPTED ->
        stub.decrypt(DecryptRequest.newBuilder()
                .setElement(what.kind().element())
                .setCiphertext(what.text())
                .build())
            .getPlaintext()
            .toStringUtf8();
      case MARKED, BESIDE ->
        stub.detokenize(DetokenizeRequest.newBuilder()
                .setElement(what.kind().element())
                .setToken(what.text())
                .setKeyVersion(what.kind() == Sealed.Kind.BESIDE ? what.version() : 0)
                .build())
            .getValue();
    };
  }

  /** A digest that one gateway stores must be among those that another one looks for. */
  private void findByIndex(int writer, int reader) {
    ByteString plain =
        ByteString.copyFromUtf8("name " + ThreadLocalRandom.current().nextLong());
    Optional<String> stored = call(
        writer,
        stub -> stub.encrypt(EncryptRequest.newBuilder()
                .setElement(Sealed.Kind.ENCRYPTED.element())
                .setPlaintext(plain)
                .build())
            .getIndex());
    stored
        .flatMap(digest -> call(
            reader,
            stub -> stub.index(IndexRequest.newBuilder()
                    .setElement(Sealed.Kind.ENCRYPTED.element())
                    .setValue(plain)
                    .build())
                .getDigestsList()
                .contains(digest)))
        .filter(found -> !found)
        .ifPresent(missed -> tally.wrong("a search misses what another gateway has written"));
  }

  private <T> Optional<T> call(int gateway, Function<ProtectionServiceBlockingStub, T> work) {
    boolean disturbed = gateways.get(gateway).disturbed();
    tally.calls.increment();
    try {
      return Optional.of(work.apply(stub(gateway)));
    } catch (StatusRuntimeException e) {
      if (disturbed || gateways.get(gateway).disturbed()) {
        tally.unanswered.increment();
      } else {
        Status status = e.getStatus();
        tally.failed(status.getCode() + " " + status.getDescription());
      }
      return Optional.empty();
    }
  }

  private Optional<String> refusable(
      int gateway, int version, Function<ProtectionServiceBlockingStub, String> work) {
    tally.calls.increment();
    try {
      return Optional.of(work.apply(stub(gateway)));
    } catch (StatusRuntimeException e) {
      revocations.refused(version);
      return Optional.empty();
    }
  }

  private ProtectionServiceBlockingStub stub(int gateway) {
    return ProtectionServiceGrpc.newBlockingStub(gateways.get(gateway).channel())
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers(token.get())))
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }
}
