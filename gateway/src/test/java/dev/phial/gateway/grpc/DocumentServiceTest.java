package dev.phial.gateway.grpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.phial.gateway.audit.AuditEvent;
import dev.phial.gateway.audit.AuditEvent.ElementCount;
import dev.phial.proto.v1.DecryptRecordRequest;
import dev.phial.proto.v1.DecryptRecordResponse;
import dev.phial.proto.v1.DecryptStreamRequest;
import dev.phial.proto.v1.DecryptStreamResponse;
import dev.phial.proto.v1.DocumentServiceGrpc;
import dev.phial.proto.v1.DocumentServiceGrpc.DocumentServiceBlockingStub;
import dev.phial.proto.v1.DocumentServiceGrpc.DocumentServiceStub;
import dev.phial.proto.v1.DocumentStart;
import dev.phial.proto.v1.EncryptRecordRequest;
import dev.phial.proto.v1.EncryptRecordResponse;
import dev.phial.proto.v1.EncryptStreamRequest;
import dev.phial.proto.v1.EncryptStreamResponse;
import dev.phial.proto.v1.RefusalReason;
import dev.phial.proto.v1.RevealForm;
import dev.phial.proto.v1.TokenizeRequest;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class DocumentServiceTest {
  private static final int MIB = 1 << 20;

  private final TestServer server = TestServer.onLoopback();

  @AfterEach
  void stop() {
    server.close();
  }

  private DocumentServiceBlockingStub records(String token) {
    return DocumentServiceGrpc.newBlockingStub(server.channel())
        .withInterceptors(TestServer.bearer(token));
  }

  private DocumentServiceStub streams(String token) {
    return DocumentServiceGrpc.newStub(server.channel()).withInterceptors(TestServer.bearer(token));
  }

  // Records.

  private EncryptRecordResponse sealed() {
    return records("application")
        .encryptRecord(EncryptRecordRequest.newBuilder()
            .setRecord("patient")
            .putFields("given_name", ByteString.copyFromUtf8("Ada"))
            .putFields("phone", ByteString.copyFromUtf8("555-0199"))
            .putContext("visit", "v-1")
            .build());
  }

  private DecryptRecordResponse opened(String token, String ciphertext, String... elements) {
    return records(token)
        .decryptRecord(DecryptRecordRequest.newBuilder()
            .setRecord("patient")
            .setCiphertext(ciphertext)
            .addAllElements(List.of(elements))
            .putContext("visit", "v-1")
            .build());
  }

  @Test
  void a_record_gives_each_field_back_as_the_caller_may_see_it() {
    EncryptRecordResponse sealed = sealed();
    assertThat(sealed.getKeyVersion()).isEqualTo(1);
    assertThat(sealed.getIndexesMap()).containsOnlyKeys("phone");

    DecryptRecordResponse whole = opened("clinician", sealed.getCiphertext());
    assertThat(whole.getFieldsList())
        .extracting(
            field -> field.getElement() + "=" + field.getRevealed().getValue().toStringUtf8())
        .containsExactly("given_name=Ada", "phone=555-0199");

    // support's purpose is HOPERAT; the name may be seen as a token only, which a field has not.
    DecryptRecordResponse partly = opened("support", sealed.getCiphertext());
    assertThat(partly.getFields(0).getRefusal().getReason())
        .isEqualTo(RefusalReason.REFUSAL_REASON_PERMISSION_DENIED);
    assertThat(partly.getFields(1).getRevealed().getForm())
        .isEqualTo(RevealForm.REVEAL_FORM_MASKED);
    assertThat(partly.getFields(1).getRevealed().getValue().toStringUtf8()).isEqualTo("***-0199");
  }

  @Test
  void a_subset_of_a_record_has_one_result_for_each_element_asked_for() {
    DecryptRecordResponse some = opened("clinician", sealed().getCiphertext(), "phone", "note");
    assertThat(some.getFields(0).getRevealed().getValue().toStringUtf8()).isEqualTo("555-0199");
    assertThat(some.getFields(1).getRefusal().getReason())
        .isEqualTo(RefusalReason.REFUSAL_REASON_INVALID_VALUE);
  }

  @Test
  void a_record_refused_for_one_field_names_the_field() {
    Failure failure = Failure.of(() -> records("application")
        .encryptRecord(EncryptRecordRequest.newBuilder()
            .setRecord("patient")
            .putFields("phone", ByteString.copyFromUtf8("555"))
            .putFields("ssn", ByteString.copyFromUtf8("536-27-8841"))
            .build()));
    assertThat(failure.reason()).isEqualTo("INVALID_VALUE");
    assertThat(failure.info().orElseThrow().getMetadataMap()).containsEntry("element", "ssn");
    assertThat(failure.message()).doesNotContain("536");
  }

  @Test
  void a_record_of_another_tenant_is_not_authentic() {
    String ciphertext = sealed().getCiphertext();
    Failure failure = Failure.of(() -> opened("stranger", ciphertext));
    assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure.reason()).isEqualTo("NOT_AUTHENTIC");
  }

  @Test
  void no_method_answers_without_a_caller() {
    Failure failure = Failure.of(() -> DocumentServiceGrpc.newBlockingStub(server.channel())
        .decryptRecord(DecryptRecordRequest.getDefaultInstance()));
    assertThat(failure.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
    DocumentCall<EncryptStreamRequest, EncryptStreamResponse> call = sealing();
    DocumentServiceGrpc.newStub(server.channel()).encryptStream(call);
    assertThat(call.failure().code()).isEqualTo(Status.Code.UNAUTHENTICATED);
  }

  // Documents.

  private static byte[] document(int length) {
    byte[] document = new byte[length];
    new SplittableRandom(length).nextBytes(document);
    return document;
  }

  private static DocumentStart start(String element) {
    return DocumentStart.newBuilder()
        .setElement(element)
        .putContext("visit", "v-1")
        .build();
  }

  private static DocumentCall<EncryptStreamRequest, EncryptStreamResponse> sealing() {
    return DocumentCall.reading(EncryptStreamResponse::getChunk);
  }

  private static DocumentCall<DecryptStreamRequest, DecryptStreamResponse> opening() {
    return DocumentCall.reading(DecryptStreamResponse::getChunk);
  }

  private static EncryptStreamRequest plain(byte[] bytes, int at, int length) {
    return EncryptStreamRequest.newBuilder()
        .setChunk(ByteString.copyFrom(bytes, at, length))
        .build();
  }

  private static List<EncryptStreamRequest> plain(String element, byte[] document, int piece) {
    List<EncryptStreamRequest> requests = new ArrayList<>();
    requests.add(EncryptStreamRequest.newBuilder().setStart(start(element)).build());
    for (int at = 0; at < document.length; at += piece) {
      requests.add(plain(document, at, Math.min(piece, document.length - at)));
    }
    return requests;
  }

  private static List<DecryptStreamRequest> stored(String element, byte[] sealed, int piece) {
    List<DecryptStreamRequest> requests = new ArrayList<>();
    requests.add(DecryptStreamRequest.newBuilder().setStart(start(element)).build());
    for (int at = 0; at < sealed.length; at += piece) {
      requests.add(DecryptStreamRequest.newBuilder()
          .setChunk(ByteString.copyFrom(sealed, at, Math.min(piece, sealed.length - at)))
          .build());
    }
    return requests;
  }

  private byte[] seal(byte[] document, int piece) throws Exception {
    DocumentCall<EncryptStreamRequest, EncryptStreamResponse> call = sealing();
    DocumentCall.sendAll(
        streams("application").encryptStream(call), plain("scan", document, piece));
    return call.whole();
  }

  private DocumentCall<DecryptStreamRequest, DecryptStreamResponse> open(
      String token, byte[] sealed, int piece) {
    DocumentCall<DecryptStreamRequest, DecryptStreamResponse> call = opening();
    DocumentCall.sendAll(streams(token).decryptStream(call), stored("scan", sealed, piece));
    return call;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_536, 65_537, 5_000_000})
  void a_document_comes_back_as_it_was(int length) throws Exception {
    byte[] document = document(length);
    byte[] sealed = seal(document, 300_000);
    assertThat(sealed.length).isGreaterThan(length + 77);
    assertThat(open("clinician", sealed, 200_000).whole()).isEqualTo(document);
  }

  @Test
  void pieces_of_any_size_will_do() throws Exception {
    byte[] document = document(2_000);
    assertThat(open("clinician", seal(document, 7), 5).whole()).isEqualTo(document);
  }

  @Test
  void a_document_is_recorded_before_its_first_byte_and_at_its_end() throws Exception {
    byte[] sealed = seal(document(MIB), MIB);
    int before = server.audit.events().size();
    server.audit.hold();
    DocumentCall<DecryptStreamRequest, DecryptStreamResponse> call =
        open("clinician", sealed, 100_000);
    while (server.audit.events().size() == before) {
      Thread.onSpinWait();
    }
    // Other calls pass meanwhile; of this one nothing may have left.
    server
        .as("clinician")
        .tokenize(TokenizeRequest.newBuilder().setElement("ssn").setValue("1").build());
    assertThat(call.size()).isZero();
    assertThat(server.documents.taken.get()).isEqualTo(MIB); // of the sealing
    server.audit.release();

    assertThat(call.whole()).hasSize(MIB);
    List<AuditEvent> events = server.audit.events().subList(before, before + 2);
    assertThat(events).extracting(AuditEvent::action).containsExactly("reveal", "reveal_end");
    assertThat(events.get(0).elements())
        .containsExactly(new ElementCount("scan", "plaintext", 1, 1));
    assertThat(events.get(1).outcome()).isEqualTo("ok");
    assertThat(events.get(1).details()).containsEntry("bytes", Integer.toString(MIB));
  }

  @Test
  void without_an_audit_log_no_byte_leaves() throws Exception {
    byte[] sealed = seal(document(100), 100);
    server.audit.fail(true);
    DocumentCall<DecryptStreamRequest, DecryptStreamResponse> call = open("clinician", sealed, 50);
    assertThat(call.failure().reason()).isEqualTo("AUDIT_UNAVAILABLE");
    assertThat(call.size()).isZero();
  }

  @Test
  void a_document_that_was_cut_off_gives_its_true_beginning_and_then_fails() throws Exception {
    byte[] document = document(200_000);
    byte[] sealed = seal(document, 100_000);
    byte[] cut = Arrays.copyOf(sealed, 77 + 2 * (65_536 + 16));
    DocumentCall<DecryptStreamRequest, DecryptStreamResponse> call = open("clinician", cut, 9_999);
    assertThat(call.failure().reason()).isEqualTo("NOT_AUTHENTIC");
    assertThat(call.size()).isLessThanOrEqualTo(65_536);
    AuditEvent last = server.audit.events().get(server.audit.events().size() - 1);
    assertThat(last.action()).isEqualTo("reveal_end");
    assertThat(last.outcome()).isEqualTo("not_authentic");
  }

  @Test
  void a_document_of_another_tenant_element_or_context_is_refused_before_any_byte()
      throws Exception {
    byte[] sealed = seal(document(100), 100);
    DocumentCall<DecryptStreamRequest, DecryptStreamResponse> south = open("stranger", sealed, 100);
    assertThat(south.failure().reason()).isEqualTo("NOT_AUTHENTIC");
    assertThat(south.size()).isZero();
    DocumentCall<DecryptStreamRequest, DecryptStreamResponse> note = opening();
    DocumentCall.sendAll(streams("clinician").decryptStream(note), stored("note", sealed, 100));
    assertThat(note.failure().reason()).isEqualTo("NOT_AUTHENTIC");
    assertThat(note.size()).isZero();
  }

  @Test
  void who_may_see_less_than_plaintext_gets_nothing_of_a_document() throws Exception {
    byte[] sealed = seal(document(100), 100);
    DocumentCall<DecryptStreamRequest, DecryptStreamResponse> call = open("support", sealed, 100);
    assertThat(call.failure().reason()).isEqualTo("PERMISSION_DENIED");
    assertThat(call.size()).isZero();
  }

  @Test
  void who_may_not_protect_the_element_seals_nothing() {
    DocumentCall<EncryptStreamRequest, EncryptStreamResponse> call = sealing();
    DocumentCall.sendAll(streams("support").encryptStream(call), plain("scan", document(9), 9));
    assertThat(call.failure().reason()).isEqualTo("PERMISSION_DENIED");
  }

  private Failure failure(EncryptStreamRequest... requests) {
    DocumentCall<EncryptStreamRequest, EncryptStreamResponse> call = sealing();
    DocumentCall.sendAll(streams("application").encryptStream(call), List.of(requests));
    return call.failure();
  }

  @Test
  void a_stream_out_of_order_is_invalid() {
    EncryptStreamRequest start =
        EncryptStreamRequest.newBuilder().setStart(start("scan")).build();
    EncryptStreamRequest chunk = plain(new byte[9], 0, 9);
    assertThat(failure().reason()).isEqualTo("INVALID_VALUE");
    assertThat(failure(chunk).reason()).isEqualTo("INVALID_VALUE");
    assertThat(failure(start, start).reason()).isEqualTo("INVALID_VALUE");
    assertThat(failure(start, EncryptStreamRequest.getDefaultInstance()).reason())
        .isEqualTo("INVALID_VALUE");
    assertThat(failure(start, plain(new byte[MIB + 1], 0, MIB + 1)).reason())
        .isEqualTo("TOO_LARGE");
  }

  @Test
  void what_is_no_sealed_document_is_not_authentic() {
    for (byte[] sealed : List.of(new byte[0], new byte[10], document(1_000))) {
      assertThat(open("clinician", sealed, 100).failure().reason()).isEqualTo("NOT_AUTHENTIC");
    }
  }

  @Test
  void a_client_that_does_not_read_is_not_read_from() throws Exception {
    byte[] piece = document(MIB);
    DocumentCall<EncryptStreamRequest, EncryptStreamResponse> call =
        DocumentCall.notReading(EncryptStreamResponse::getChunk);
    StreamObserver<EncryptStreamRequest> requests = streams("application").encryptStream(call);
    requests.onNext(EncryptStreamRequest.newBuilder().setStart(start("scan")).build());
    int pieces = 48;
    for (int i = 0; i < pieces; i++) {
      requests.onNext(plain(piece, 0, MIB));
    }
    requests.onCompleted();
    while (server.documents.taken.get() < MIB) {
      Thread.onSpinWait();
    }
    for (int i = 0; i < 200; i++) {
      server
          .as("clinician")
          .tokenize(TokenizeRequest.newBuilder().setElement("ssn").setValue("1").build());
    }
    assertThat(server.documents.taken.get()).isLessThanOrEqualTo(4L * MIB);

    call.call().request(Integer.MAX_VALUE);
    assertThat(call.whole().length).isGreaterThan(pieces * MIB);
    assertThat(server.documents.taken.get()).isEqualTo((long) pieces * MIB);
  }

  @Test
  void a_cancelled_document_is_recorded_as_such_and_harms_nobody() throws Exception {
    DocumentCall<EncryptStreamRequest, EncryptStreamResponse> call = sealing();
    StreamObserver<EncryptStreamRequest> requests = streams("application").encryptStream(call);
    plain("scan", document(200_000), 100_000).forEach(requests::onNext);
    call.first().get(30, SECONDS);
    call.call().cancel("changed my mind", null);
    awaitEnd("protect_end", "cancelled");
    assertThat(sealed().getCiphertext()).isNotEmpty();
  }

  @Test
  void a_document_whose_deadline_passes_ends() {
    DocumentCall<EncryptStreamRequest, EncryptStreamResponse> call = sealing();
    StreamObserver<EncryptStreamRequest> requests =
        streams("application").withDeadlineAfter(500, TimeUnit.MILLISECONDS).encryptStream(call);
    requests.onNext(EncryptStreamRequest.newBuilder().setStart(start("scan")).build());
    assertThat(call.failure().code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
  }

  private void awaitEnd(String action, String outcome) {
    while (server.audit.events().stream()
        .noneMatch(event -> event.action().equals(action) && event.outcome().equals(outcome))) {
      Thread.onSpinWait();
    }
  }
}
