package dev.phial.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LoggingTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.grpc.netty.NettyServerHandler",
        "io.netty.handler.logging.LoggingHandler",
        "com.nimbusds.jose",
        "org.sqlite",
      })
  void libraries_that_print_frames_and_tokens_are_kept_quiet(String library) {
    Logger logger = LoggerFactory.getLogger(library);

    assertThat(logger.isInfoEnabled()).isFalse();
    assertThat(logger.isDebugEnabled()).isFalse();
  }
}
