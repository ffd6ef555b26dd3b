package dev.phial.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.phial.gateway.engine.RefusalCode;
import dev.phial.proto.v1.BatchDecryptRequest;
import dev.phial.proto.v1.BatchDeidentifyRequest;
import dev.phial.proto.v1.BatchDeidentifyResponse;
import dev.phial.proto.v1.BatchDetokenizeRequest;
import dev.phial.proto.v1.BatchEncryptRequest;
import dev.phial.proto.v1.BatchIndexRequest;
import dev.phial.proto.v1.BatchIndexResponse;
import dev.phial.proto.v1.BatchReencryptRequest;
import dev.phial.proto.v1.BatchRetokenizeRequest;
import dev.phial.proto.v1.BatchRetokenizeResponse;
import dev.phial.proto.v1.BatchTokenizeRequest;
import dev.phial.proto.v1.BatchTokenizeResponse;
import dev.phial.proto.v1.DecryptRequest;
import dev.phial.proto.v1.DecryptResponse;
import dev.phial.proto.v1.DeidentifyRequest;
import dev.phial.proto.v1.DeidentifyResponse;
import dev.phial.proto.v1.DetokenizeRequest;
import dev.phial.proto.v1.DetokenizeResponse;
import dev.phial.proto.v1.EncryptRequest;
import dev.phial.proto.v1.EncryptResponse;
import dev.phial.proto.v1.IndexRequest;
import dev.phial.proto.v1.IndexResponse;
import dev.phial.proto.v1.RefusalReason;
import dev.phial.proto.v1.RevealForm;
import dev.phial.proto.v1.TokenizeRequest;
import dev.phial.proto.v1.TokenizeResponse;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtectionServiceTest {
  private static final byte[] NOT_TEXT = {(byte) 0xff, 0, (byte) 0xfe};

  private final TestServer server = TestServer.onLoopback();

  @AfterEach
  void stop() {
    server.close();
  }

  private static TokenizeRequest tokenize(String element, String value) {
    return TokenizeRequest.newBuilder().setElement(element).setValue(value).build();
  }

  private static DetokenizeRequest detokenize(String element, String token) {
    return DetokenizeRequest.newBuilder().setElement(element).setToken(token).build();
  }

  @Test
  void a_token_comes_back_as_its_value() {
    TokenizeRequest request =
        tokenize("ssn", "536-27-8841").toBuilder().putContext("study", "A7").build();

    TokenizeResponse token = server.as("clinician").tokenize(request);
    DetokenizeResponse value = server
        .as("clinician")
        .detokenize(detokenize("ssn", token.getToken()).toBuilder()
            .putContext("study", "A7")
            .build());

    assertThat(token.getKeyVersion()).isEqualTo(3);
    assertThat(token.getIndex()).isEqualTo("index");
    assertThat(value.getValue()).isEqualTo("536-27-8841");
    assertThat(value.getForm()).isEqualTo(RevealForm.REVEAL_FORM_PLAINTEXT);
  }

  @Test
  void tokens_and_ciphertexts_are_renewed_in_their_places() {
    String token =
        server.as("clinician").tokenize(tokenize("ssn", "536-27-8841")).getToken();
    BatchRetokenizeResponse tokens = server
        .as("clinician")
        .batchRetokenize(BatchRetokenizeRequest.newBuilder()
            .addItems(detokenize("ssn", "no token"))
            .addItems(detokenize("ssn", token))
            .build());
    String sealed = server
        .as("clinician")
        .encrypt(EncryptRequest.newBuilder().setElement("note").build())
        .getCiphertext();
    EncryptResponse renewed = server
        .as("clinician")
        .batchReencrypt(BatchReencryptRequest.newBuilder()
            .addItems(DecryptRequest.newBuilder().setElement("note").setCiphertext(sealed))
            .build())
        .getResults(0)
        .getResponse();

    assertThat(tokens.getResults(0).getRefusal().getReason())
        .isEqualTo(RefusalReason.REFUSAL_REASON_NOT_AUTHENTIC);
    assertThat(tokens.getResults(1).getResponse().getKeyVersion()).isEqualTo(4);
    assertThat(renewed.getKeyVersion()).isEqualTo(4);
  }

  @Test
  void digests_are_given_in_their_places() {
    BatchIndexResponse digests = server
        .as("clinician")
        .batchIndex(BatchIndexRequest.newBuilder()
            .addItems(IndexRequest.newBuilder().setElement("refuse_invalid_value"))
            .addItems(IndexRequest.newBuilder()
                .setElement("family_name")
                .setValue(ByteString.copyFromUtf8("Achterberg")))
            .build());
    IndexResponse one = server
        .as("clinician")
        .index(IndexRequest.newBuilder().setElement("family_name").build());

    assertThat(digests.getResults(0).getRefusal().getReason())
        .isEqualTo(RefusalReason.REFUSAL_REASON_INVALID_VALUE);
    assertThat(digests.getResults(1).getResponse()).isEqualTo(one);
    assertThat(one.getDigestsList()).containsExactly("new", "old");
    assertThat(one.getKeyVersion()).isEqualTo(2);
  }

  @Test
  void values_are_replaced_for_good_or_removed() {
    BatchDeidentifyResponse made = server
        .as("clinician")
        .batchDeidentify(BatchDeidentifyRequest.newBuilder()
            .addItems(DeidentifyRequest.newBuilder()
                .setElement("visit_date")
                .setValue("1958-03-14")
                .putContext("patient", "4711"))
            .addItems(DeidentifyRequest.newBuilder().setElement(ReversibleEngine.GONE))
            .addItems(DeidentifyRequest.newBuilder().setElement("refuse_invalid_value"))
            .build());
    DeidentifyResponse removed = server
        .as("clinician")
        .deidentify(
            DeidentifyRequest.newBuilder().setElement(ReversibleEngine.GONE).build());

    assertThat(made.getResults(0).getResponse().getValue()).contains("patient=4711");
    assertThat(made.getResults(0).getResponse().getKeyVersion()).isEqualTo(3);
    assertThat(made.getResults(1).getResponse()).isEqualTo(removed);
    assertThat(removed.getRemoved()).isTrue();
    assertThat(removed.getValue()).isEmpty();
    assertThat(made.getResults(2).getRefusal().getReason())
        .isEqualTo(RefusalReason.REFUSAL_REASON_INVALID_VALUE);
  }

  @Test
  void bytes_that_are_no_text_are_encrypted_and_come_back_unchanged() {
    EncryptResponse sealed = server
        .as("clinician")
        .encrypt(EncryptRequest.newBuilder()
            .setElement("note")
            .setPlaintext(ByteString.copyFrom(NOT_TEXT))
            .build());
    DecryptResponse opened = server
        .as("clinician")
        .decrypt(DecryptRequest.newBuilder()
            .setElement("note")
            .setCiphertext(sealed.getCiphertext())
            .build());

    assertThat(opened.getPlaintext().toByteArray()).isEqualTo(NOT_TEXT);
  }

  @Test
  void a_batch_answers_each_item_in_its_place() {
    BatchTokenizeResponse batch = server
        .as("clinician")
        .batchTokenize(BatchTokenizeRequest.newBuilder()
            .addItems(tokenize("ssn", "536-27-8841"))
            .addItems(tokenize("refuse_unknown_element", "1"))
            .addItems(tokenize("mrn", "0012345"))
            .addItems(tokenize("refuse_invalid_value", "2"))
            .build());

    assertThat(batch.getResultsList()).hasSize(4);
    assertThat(batch.getResults(0).getResponse().getToken()).startsWith("north/ssn/");
    assertThat(batch.getResults(1).getRefusal().getReason())
        .isEqualTo(RefusalReason.REFUSAL_REASON_UNKNOWN_ELEMENT);
    assertThat(batch.getResults(1).getRefusal().getMessage())
        .isEqualTo("refused as the test wants");
    assertThat(batch.getResults(2).getResponse().getToken()).startsWith("north/mrn/");
    assertThat(batch.getResults(3).getRefusal().getReason())
        .isEqualTo(RefusalReason.REFUSAL_REASON_INVALID_VALUE);
  }

  @Test
  void a_batch_of_reveals_withholds_one_item_and_gives_its_neighbour() {
    String token = server.as("clinician").tokenize(tokenize("ssn", "1")).getToken();

    var batch = server
        .as("clinician")
        .batchDetokenize(BatchDetokenizeRequest.newBuilder()
            .addItems(detokenize(ReversibleEngine.HIDDEN, token))
            .addItems(detokenize("ssn", token))
            .build());

    assertThat(batch.getResults(0).getRefusal().getReason())
        .isEqualTo(RefusalReason.REFUSAL_REASON_PERMISSION_DENIED);
    assertThat(batch.getResults(1).getResponse().getValue()).isEqualTo("1");
  }

  @Test
  void batches_of_encrypt_and_decrypt_are_inverse() {
    var sealed = server
        .as("clinician")
        .batchEncrypt(BatchEncryptRequest.newBuilder()
            .addItems(EncryptRequest.newBuilder()
                .setElement("note")
                .setPlaintext(ByteString.copyFromUtf8("a")))
            .build());
    var opened = server
        .as("clinician")
        .batchDecrypt(BatchDecryptRequest.newBuilder()
            .addItems(DecryptRequest.newBuilder()
                .setElement("note")
                .setCiphertext(sealed.getResults(0).getResponse().getCiphertext()))
            .addItems(DecryptRequest.newBuilder().setElement("note").setCiphertext("forged"))
            .build());

    assertThat(opened.getResults(0).getResponse().getPlaintext().toStringUtf8()).isEqualTo("a");
    assertThat(opened.getResults(1).getRefusal().getReason())
        .isEqualTo(RefusalReason.REFUSAL_REASON_NOT_AUTHENTIC);
  }

  @Test
  void an_empty_batch_has_no_results() {
    assertThat(server
            .as("clinician")
            .batchTokenize(BatchTokenizeRequest.getDefaultInstance())
            .getResultsList())
        .isEmpty();
  }

  @Test
  void another_tenant_cannot_open_a_token() {
    String token = server.as("clinician").tokenize(tokenize("ssn", "1")).getToken();

    Failure failure = Failure.of(() -> server.as("stranger").detokenize(detokenize("ssn", token)));

    assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure.reason()).isEqualTo("NOT_AUTHENTIC");
  }

  @ParameterizedTest
  @EnumSource(RefusalCode.class)
  void every_refusal_has_a_status_and_the_same_reason_in_its_details(RefusalCode code) {
    String element = "refuse_" + code.name().toLowerCase(Locale.ROOT);

    Failure failure = Failure.of(() -> server.as("clinician").tokenize(tokenize(element, "1")));
    Failure index = Failure.of(() -> server
        .as("clinician")
        .index(IndexRequest.newBuilder().setElement(element).build()));
    Failure deidentify = Failure.of(() -> server
        .as("clinician")
        .deidentify(DeidentifyRequest.newBuilder().setElement(element).build()));

    assertThat(List.of(failure.reason(), index.reason(), deidentify.reason()))
        .containsOnly(code.name());
    assertThat(index.code()).isEqualTo(failure.code()).isEqualTo(deidentify.code());
    assertThat(failure.code()).isEqualTo(expected(code));
    assertThat(failure.info()).hasValueSatisfying(info -> {
      assertThat(info.getDomain()).isEqualTo("phial.dev");
      assertThat(info.getMetadataMap())
          .containsEntry("element", element)
          .containsEntry("request_id", "request-1");
    });
  }

  private static Status.Code expected(RefusalCode code) {
    return switch (code) {
      case UNKNOWN_ELEMENT, INVALID_VALUE, NOT_AUTHENTIC -> Status.Code.INVALID_ARGUMENT;
      case KEY_RETIRED, TOKEN_RETIRED, KEY_STATE, PROPOSAL_STATE -> Status.Code.FAILED_PRECONDITION;
      case PERMISSION_DENIED -> Status.Code.PERMISSION_DENIED;
      case TOO_LARGE -> Status.Code.RESOURCE_EXHAUSTED;
      case KEYS_UNAVAILABLE, STORE_UNAVAILABLE, AUDIT_UNAVAILABLE -> Status.Code.UNAVAILABLE;
      case INTERNAL -> Status.Code.INTERNAL;
    };
  }

  @Test
  void an_element_name_that_is_none_is_not_repeated() {
    Failure failure =
        Failure.of(() -> server.as("clinician").detokenize(detokenize("536-27-8841", "x")));

    assertThat(failure.info().orElseThrow().getMetadataMap()).doesNotContainKey("element");
    assertThat(failure.message()).doesNotContain("536");
  }

  @Test
  void a_withheld_element_is_permission_denied() {
    Failure failure = Failure.of(
        () -> server.as("clinician").detokenize(detokenize(ReversibleEngine.HIDDEN, "x")));

    assertThat(failure.code()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(failure.info().orElseThrow().getMetadataMap()).containsEntry("element", "hidden");
  }

  @Test
  void a_batch_fails_as_a_whole_when_nothing_can_be_answered() {
    Failure failure = Failure.of(() -> server
        .as("clinician")
        .batchTokenize(BatchTokenizeRequest.newBuilder()
            .addItems(tokenize("ssn", "1"))
            .addItems(tokenize(ReversibleEngine.SHUT, "1"))
            .build()));

    assertThat(failure.code()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(failure.reason()).isEqualTo("AUDIT_UNAVAILABLE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {ReversibleEngine.BROKEN, ReversibleEngine.BROKEN_LATER, ReversibleEngine.SHORT})
  void an_error_in_the_engine_becomes_internal_without_a_value_and_the_server_lives(
      String element) {
    Failure failure = Failure.of(() -> server.as("clinician").tokenize(tokenize(element, "1")));
    Failure batch = Failure.of(() -> server
        .as("clinician")
        .batchTokenize(
            BatchTokenizeRequest.newBuilder().addItems(tokenize(element, "1")).build()));

    Failure index = Failure.of(() -> server
        .as("clinician")
        .index(IndexRequest.newBuilder().setElement(element).build()));
    Failure deidentify = Failure.of(() -> server
        .as("clinician")
        .batchDeidentify(BatchDeidentifyRequest.newBuilder()
            .addItems(DeidentifyRequest.newBuilder().setElement(element))
            .build()));

    assertThat(failure.code()).isEqualTo(Status.Code.INTERNAL);
    assertThat(batch.code()).isEqualTo(Status.Code.INTERNAL);
    assertThat(index.code()).isEqualTo(Status.Code.INTERNAL);
    assertThat(deidentify.code()).isEqualTo(Status.Code.INTERNAL);
    assertThat(failure.info().orElseThrow().getMetadataMap())
        .containsEntry("request_id", "request-1");
    assertThat(failure.message()).doesNotContain("536");
    assertThat(server.as("clinician").tokenize(tokenize("ssn", "1")).getToken()).isNotEmpty();
  }

  @Test
  void the_engine_learns_who_calls_for_what_purpose_over_which_channel() {
    server.as("clinician").tokenize(tokenize("ssn", "1"));
    server
        .as("clinician-two")
        .withInterceptors(TestServer.metadata("phial-purpose", "HPAYMT"))
        .tokenize(tokenize("ssn", "1"));
    server.as("clinician-two").tokenize(tokenize("ssn", "1"));

    assertThat(server.engine.calls)
        .extracting(call -> call.caller().tenant() + " " + call.purpose() + " " + call.channel()
            + " " + call.requestId())
        .containsExactly(
            "north TREAT grpc request-1", "north HPAYMT grpc request-2", "north  grpc request-3");
  }

  @Test
  void the_request_id_is_in_the_answers_headers_and_in_a_failures_trailers() {
    AtomicReference<Metadata> headers = new AtomicReference<>();
    AtomicReference<Metadata> trailers = new AtomicReference<>();
    var stub = server
        .as("clinician")
        .withInterceptors(MetadataUtils.newCaptureMetadataInterceptor(headers, trailers));

    stub.tokenize(tokenize("ssn", "1"));
    assertThat(headers).hasValueSatisfying(of("request-1"));

    Failure.of(() -> stub.tokenize(tokenize("refuse_internal", "1")));
    assertThat(trailers).hasValueSatisfying(of("request-2"));
  }

  private static Consumer<Metadata> of(String requestId) {
    return metadata -> assertThat(metadata.get(CallScope.REQUEST_ID_KEY)).isEqualTo(requestId);
  }
}
