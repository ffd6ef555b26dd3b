package dev.phial.gateway.logs.web;

import dev.phial.gateway.logs.buffer.Parcel;
import dev.phial.gateway.logs.forward.Destination;
import dev.phial.gateway.logs.forward.RejectedException;
import dev.phial.gateway.logs.net.Closing;
import dev.phial.gateway.logs.net.Dialer;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server of a log protocol over HTTP: one request after the other, each delivered when it is answered. */
public final class WebDestination implements Destination {
  private static final int MOST_ANSWER = 32 << 20;
  private static final int PARTS_TRIED = 6;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private final Dialer dialer;
  private final Optional<Path> authorization;
  private final Duration timeout;
  private final ReplyReader replies;
  private @Nullable Link link;

  /** A connection, and what comes on it: an answer, or that it is over. */
  private static final class Link extends SimpleChannelInboundHandler<FullHttpResponse> {
    private final BlockingQueue<Optional<Reply>> replies = new LinkedBlockingQueue<>();
    private @Nullable Channel channel;
    private volatile boolean reusable = true;

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
      if (response.decoderResult().isFailure()) {
        Closing.close(context.channel());
        return;
      }
      reusable = HttpUtil.isKeepAlive(response);
      byte[] body = new byte[response.content().readableBytes()];
      response.content().readBytes(body);
      replies.add(Optional.of(new Reply(response.status().code(), body)));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      reusable = false;
      replies.add(Optional.empty());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      Closing.close(context.channel());
    }
  }

  /** @param authorization a file with the value of the Authorization field; read for each connection */
  public WebDestination(
      Dialer dialer, Optional<Path> authorization, Duration timeout, ReplyReader replies) {
    this.dialer = dialer;
    this.authorization = authorization;
    this.timeout = timeout;
    this.replies = replies;
  }

  /**
   * Sends a parcel, and what of it a server did not take for the moment again.
   *
   * @throws RejectedException when the server refuses some of it for what it is
   */
  @Override
  public void send(Parcel parcel) throws IOException, InterruptedException {
    Optional<Parcel> rest = Optional.of(parcel);
    Duration pause = FIRST_PAUSE;
    int rejected = 0;
    String why = "";
    for (int i = 0; rest.isPresent(); i++) {
      if (i > 0) {
        TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        pause = pause.multipliedBy(2);
      }
      ReplyReader.Verdict verdict = replies.read(rest.get(), ask(rest.get()));
      rejected += verdict.rejected();
      why = verdict.why().isEmpty() ? why : verdict.why();
      rest = verdict.again();
      if (rest.isPresent() && i == PARTS_TRIED) {
        throw new IOException("the destination does not take all of a request");
      }
    }
    if (rejected > 0) {
      throw new RejectedException(rejected, why);
    }
  }

  private Reply ask(Parcel parcel) throws IOException, InterruptedException {
    Link open = link();
    Channel channel = open.channel;
    if (channel == null) {
      throw new IOException("there is no connection");
    }
    var unused = channel.writeAndFlush(request(parcel));
    Optional<Reply> reply = open.replies.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
    if (reply == null || reply.isEmpty()) {
      reset();
      throw new IOException(dialer.authority()
          + (reply == null ? " does not answer in time" : " ended the connection"));
    }
    if (!open.reusable) {
      reset();
    }
    return reply.get();
  }

  private Link link() throws IOException, InterruptedException {
    Link open = link;
    if (open != null && open.reusable) {
      return open;
    }
    reset();
    Link fresh = new Link();
    fresh.channel = dialer.connect(pipeline -> pipeline
        .addLast(new HttpClientCodec())
        .addLast(new HttpObjectAggregator(MOST_ANSWER))
        .addLast(fresh));
    link = fresh;
    return fresh;
  }

  private FullHttpRequest request(Parcel parcel) throws IOException {
    String path = parcel.fields().getOrDefault(WebBatch.PATH, "/");
    FullHttpRequest request = new DefaultFullHttpRequest(
        HttpVersion.HTTP_1_1, HttpMethod.POST, path, Unpooled.wrappedBuffer(parcel.body()));
    parcel.fields().forEach((name, value) -> {
      if (!name.equals(WebBatch.PATH)) {
        request.headers().set(name, value);
      }
    });
    request.headers().set(HttpHeaderNames.HOST, dialer.authority());
    request.headers().set(HttpHeaderNames.CONTENT_LENGTH, parcel.body().remaining());
    if (authorization.isPresent()) {
      request
          .headers()
          .set(
              HttpHeaderNames.AUTHORIZATION,
              Files.readString(authorization.get(), StandardCharsets.UTF_8).strip());
    }
    return request;
  }

  @Override
  public boolean settle(boolean now) {
    return true;
  }

  @Override
  public void reset() {
    Link open = link;
    link = null;
    if (open != null && open.channel != null) {
      Closing.close(open.channel);
    }
  }
}
