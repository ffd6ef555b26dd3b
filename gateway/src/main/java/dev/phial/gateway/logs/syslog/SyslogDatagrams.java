package dev.phial.gateway.logs.syslog;

import dev.phial.gateway.logs.intake.IntakeException;
import dev.phial.gateway.logs.intake.LogObserver.Lost;
import dev.phial.gateway.logs.net.Receiver;
import dev.phial.masking.LogEvent;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Syslog over UDP: each datagram is a message. UDP has no way to ask a sender to wait, so what does not fit is lost, and
 * counted.
 */
final class SyslogDatagrams implements Receiver {
  private static final int MOST_DATAGRAM = 65_535;
  private static final int SOCKET_BYTES = 4 << 20;
  private static final int MOST_IN_FLIGHT = 8 << 20;
  private static final int PER_BATCH = 256;

  private final SyslogParts parts;
  private final InetSocketAddress address;
  private final EventLoopGroup loops;
  private final AtomicLong inFlight = new AtomicLong();
  private final CompletableFuture<Void> settled = new CompletableFuture<>();
  private volatile boolean stopping;
  private volatile @Nullable Channel channel;

  SyslogDatagrams(SyslogParts parts, InetSocketAddress address, EventLoopGroup loops) {
    this.parts = parts;
    this.address = address;
    this.loops = loops;
  }

  @Override
  public CompletionStage<SocketAddress> start() {
    CompletableFuture<SocketAddress> started = new CompletableFuture<>();
    new Bootstrap()
        .group(loops)
        .channel(NioDatagramChannel.class)
        .option(ChannelOption.SO_RCVBUF, SOCKET_BYTES)
        .option(
            ChannelOption.RECVBUF_ALLOCATOR,
            new FixedRecvByteBufAllocator(MOST_DATAGRAM).maxMessagesPerRead(PER_BATCH))
        .handler(new Datagrams())
        .bind(address)
        .addListener((ChannelFutureListener) bound -> {
          if (bound.isSuccess()) {
            channel = bound.channel();
            started.complete(bound.channel().localAddress());
          } else {
            started.completeExceptionally(bound.cause());
          }
        });
    return started;
  }

  /** Collects what one turn of the event loop brings. */
  private final class Datagrams extends SimpleChannelInboundHandler<DatagramPacket> {
    private final List<LogEvent> messages = new ArrayList<>();
    private long bytes;

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
      byte[] message = message(packet);
      if (message.length > parts.maxEvent()) {
        parts.observer().lost(Lost.TOO_LARGE, 1);
      } else if (message.length > 0) {
        messages.add(LogEvent.of(message));
        bytes += message.length;
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      if (!messages.isEmpty()) {
        take(new SyslogBatch(messages), bytes);
        messages.clear();
        bytes = 0;
      }
    }
  }

  private static byte[] message(DatagramPacket packet) {
    ByteBuf in = packet.content();
    int end = in.writerIndex();
    while (end > in.readerIndex() && SyslogFrames.trailer(in.getByte(end - 1))) {
      end--;
    }
    return ByteBufUtil.getBytes(in, in.readerIndex(), end - in.readerIndex());
  }

  private void take(SyslogBatch batch, long bytes) {
    if (inFlight.addAndGet(bytes) > MOST_IN_FLIGHT) {
      parts.observer().lost(Lost.FULL, batch.size());
      landed(bytes);
      return;
    }
    var unused = taken(batch).whenComplete((nothing, failure) -> landed(bytes));
  }

  /** What cannot be masked together is tried message by message, so that one does not cost the others. */
  private CompletionStage<Void> taken(SyslogBatch batch) {
    return parts.intake().take(batch).exceptionallyCompose(failure -> {
      Lost reason = lost(failure);
      if (reason == Lost.MASKING && batch.size() > 1) {
        return CompletableFuture.allOf(batch.each().stream()
            .map(one -> taken(one).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
      }
      parts.observer().lost(reason, batch.size());
      return CompletableFuture.completedStage(null);
    });
  }

  private void landed(long bytes) {
    if (inFlight.addAndGet(-bytes) == 0 && stopping) {
      settled.complete(null);
    }
  }

  private static Lost lost(Throwable failure) {
    Throwable cause = failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
    if (!(cause instanceof IntakeException refused)) {
      return Lost.MASKING;
    }
    return switch (refused.reason()) {
      case MASKING -> Lost.MASKING;
      case FULL -> Lost.FULL;
      case DISK -> Lost.DISK;
    };
  }

  @Override
  public CompletionStage<Void> stop(Duration grace) {
    Channel open = channel;
    if (open == null) {
      settled.complete(null);
      return settled;
    }
    open.close().addListener(closed -> {
      stopping = true;
      landed(0);
    });
    return settled.completeOnTimeout(null, grace.toMillis(), TimeUnit.MILLISECONDS);
  }
}
