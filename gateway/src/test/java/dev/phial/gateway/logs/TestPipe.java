package dev.phial.gateway.logs;

import dev.phial.gateway.logs.buffer.BufferSettings;
import dev.phial.gateway.logs.buffer.DiskBuffer;
import dev.phial.gateway.logs.forward.Destination;
import dev.phial.gateway.logs.forward.Forwarder;
import dev.phial.gateway.logs.intake.Intake;
import dev.phial.gateway.logs.intake.MaskingIntake;
import dev.phial.gateway.logs.net.Dialer;
import dev.phial.gateway.logs.net.Receiver;
import dev.phial.masking.Masker;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A receiver with all that is behind it, as the wiring builds one. */
public final class TestPipe implements AutoCloseable {
  public final CountingObserver observer = new CountingObserver();
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final DiskBuffer buffer;
  private final LogGateway gateway;
  private final InetSocketAddress address;

  /** What a receiver is made of. */
  public record Parts(Intake intake, CountingObserver observer, EventLoopGroup loops) {
    public Dialer dialer(int port, @Nullable SslContext tls) {
      return new Dialer("localhost", port, tls, loops, Duration.ofSeconds(10));
    }
  }

  public TestPipe(
      Path directory,
      long bufferBytes,
      Masker masker,
      Function<Parts, Receiver> receiver,
      Function<Parts, Destination> destination)
      throws Exception {
    buffer =
        DiskBuffer.open(BufferSettings.of("test", directory, bufferBytes, Duration.ofMillis(500)));
    Intake intake = new MaskingIntake(masker, buffer, observer, ForkJoinPool.commonPool());
    Parts parts = new Parts(intake, observer, loops);
    Receiver listening = receiver.apply(parts);
    gateway = new LogGateway(java.util.List.of(new LogPipe(
        "test", listening, new Forwarder("test", buffer, destination.apply(parts), observer))));
    address = (InetSocketAddress) gateway
        .start()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS)
        .values()
        .iterator()
        .next();
  }

  public int port() {
    return address.getPort();
  }

  public DiskBuffer buffer() {
    return buffer;
  }

  /** Stops as the gateway does: takes nothing new, and delivers what is buffered. */
  public void drain(Duration grace) throws Exception {
    gateway.stopReceiving(grace).toCompletableFuture().get(60, TimeUnit.SECONDS);
    gateway.stopForwarding(grace);
  }

  @Override
  public void close() {
    try {
      drain(Duration.ofMillis(500));
    } catch (Exception e) {
      throw new AssertionError("the pipe does not stop", e);
    } finally {
      buffer.close();
      loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }
}
