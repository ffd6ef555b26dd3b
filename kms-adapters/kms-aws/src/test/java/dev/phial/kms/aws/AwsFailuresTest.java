package dev.phial.kms.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.InvalidWrappedKeyException;
import dev.phial.kms.KekRef;
import dev.phial.kms.KekVersion;
import dev.phial.kms.KeyNotFoundException;
import dev.phial.kms.Kms;
import dev.phial.kms.KmsException;
import dev.phial.kms.KmsSettings;
import dev.phial.kms.KmsUnavailableException;
import dev.phial.kms.WrapContext;
import dev.phial.kms.WrapFrame;
import dev.phial.kms.WrappedKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What AWS answers when it does not do what was asked, from a server that says just that. */
class AwsFailuresTest {
  private static final KekRef KEK = new KekRef("aws", "alias/phial");
  private final HttpServer server;
  private final Credentials credentials = new Credentials();
  private volatile int status = 200;
  private volatile String body = "{}";

  AwsFailuresTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void start() {
    server.createContext("/", exchange -> {
      byte[] answer = body.getBytes(StandardCharsets.UTF_8);
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
      exchange.getResponseHeaders().add("x-amzn-RequestId", "r-1");
      exchange.sendResponseHeaders(status, answer.length);
      exchange.getResponseBody().write(answer);
      exchange.close();
    });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    credentials.close();
  }

  private Kms open(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.putIfAbsent("region", "eu-central-1");
    settings.put("endpoint", "http://127.0.0.1:" + server.getAddress().getPort());
    return new AwsKmsProvider().open(new KmsSettings("aws", settings, Path.of(""), name -> ""));
  }

  private static KmsException failure(Kms kms) {
    CompletionException thrown = catchThrowableOfType(
        CompletionException.class, () -> kms.describe(KEK).toCompletableFuture().join());
    return (KmsException) Objects.requireNonNull(thrown.getCause());
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of(400, "NotFoundException", KeyNotFoundException.class, false),
        Arguments.of(400, "InvalidArnException", KeyNotFoundException.class, false),
        Arguments.of(400, "InvalidCiphertextException", InvalidWrappedKeyException.class, false),
        Arguments.of(400, "IncorrectKeyException", InvalidWrappedKeyException.class, false),
        Arguments.of(400, "AccessDeniedException", AccessDeniedException.class, false),
        Arguments.of(400, "DisabledException", AccessDeniedException.class, false),
        Arguments.of(400, "KMSInvalidStateException", AccessDeniedException.class, false),
        Arguments.of(400, "ExpiredTokenException", AccessDeniedException.class, false),
        Arguments.of(400, "UnrecognizedClientException", AccessDeniedException.class, false),
        Arguments.of(400, "ThrottlingException", KmsUnavailableException.class, true),
        Arguments.of(400, "LimitExceededException", KmsUnavailableException.class, true),
        Arguments.of(500, "KMSInternalException", KmsUnavailableException.class, true),
        Arguments.of(503, "ServiceUnavailable", KmsUnavailableException.class, true),
        Arguments.of(503, "DependencyTimeoutException", KmsUnavailableException.class, true),
        Arguments.of(400, "ValidationException", KmsUnavailableException.class, false));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void translates_what_aws_answers(
      int code, String type, Class<? extends KmsException> expected, boolean retryable) {
    status = code;
    body = "{\"__type\":\"" + type + "\",\"message\":\"as the service words it\"}";
    try (Kms kms = open(Map.of())) {
      KmsException failure = failure(kms);
      assertThat(failure).isInstanceOf(expected).hasMessageContaining("kms 'aws'");
      assertThat(failure.retryable()).isEqualTo(retryable);
    }
  }

  @Test
  void treats_an_answer_that_is_not_aws_as_a_passing_fault() {
    status = 502;
    body = "<html>bad gateway</html>";
    try (Kms kms = open(Map.of())) {
      assertThat(failure(kms).retryable()).isTrue();
    }
  }

  @Test
  void refuses_a_key_that_the_service_opened_with_another_kek() {
    body =
        "{\"KeyId\":\"arn:aws:kms:eu-central-1:1:key/theirs\",\"Plaintext\":\"AAAAAAAAAAAAAAAAAAAAAA==\"}";
    KekVersion mine = new KekVersion(KEK, "arn:aws:kms:eu-central-1:1:key/mine");
    WrapContext context = new WrapContext("north-clinic", "ENCRYPT", 7, 1);
    try (Kms kms = open(Map.of())) {
      assertThatThrownBy(() -> kms.unwrap(
                  WrappedKey.of(mine, WrapFrame.around(new byte[40])), context)
              .toCompletableFuture()
              .join())
          .hasCauseInstanceOf(InvalidWrappedKeyException.class)
          .hasMessageContaining("with another KEK than");
    }
  }

  @Test
  void says_that_nobody_listens() {
    server.stop(0);
    try (Kms kms = open(Map.of())) {
      KmsException failure = failure(kms);
      assertThat(failure).hasMessageContaining("cannot be reached");
      assertThat(failure.retryable()).isTrue();
    }
  }

  @Test
  void says_where_it_looked_for_credentials() {
    credentials.close();
    System.setProperty("aws.disableEc2Metadata", "true");
    try (Kms kms = open(Map.of())) {
      assertThat(failure(kms))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("finds no credentials");
    } finally {
      System.clearProperty("aws.disableEc2Metadata");
    }
  }

  @Test
  void refuses_settings_that_are_wrong() {
    assertThatThrownBy(() -> open(Map.of("regoin", "eu-central-1")))
        .hasMessageContaining("setting 'regoin' is not known here");
    assertThatThrownBy(() -> open(Map.of("region", "http://elsewhere")))
        .hasMessageContaining("setting 'region' is not the name of a region");
    assertThatThrownBy(() -> open(Map.of("timeout", "1d")))
        .hasMessageContaining("setting 'timeout' must be a time");
    assertThatThrownBy(() -> open(Map.of("threads", "0")))
        .hasMessageContaining("setting 'threads' must be a whole number");
  }
}
