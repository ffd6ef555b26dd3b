package dev.phial.gateway.logs.web;

import dev.phial.gateway.logs.net.Closing;
import dev.phial.gateway.logs.net.Connections;
import dev.phial.gateway.logs.net.Drain;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One sender's connection: one request after the other, each answered when it is in the buffer. Requests are read whole,
 * within bounds; nothing of their framing goes on.
 */
final class WebConnection extends SimpleChannelInboundHandler<HttpObject> {
  private static final Logger LOG = LoggerFactory.getLogger(WebConnection.class);
  private static final int INLINE_BYTES = 16 << 10;

  private final WebParts parts;
  private final WebProtocol protocol;
  private final Connections connections;
  private final Budget budget;
  private boolean entered;
  private @Nullable HttpRequest head;
  private @Nullable ByteBuf body;
  private int reserved;
  private @Nullable Future<?> timer;
  private boolean answering;
  private boolean draining;
  private boolean closing;

  WebConnection(WebParts parts, WebProtocol protocol, Connections connections, Budget budget) {
    this.parts = parts;
    this.protocol = protocol;
    this.connections = connections;
    this.budget = budget;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    entered = connections.enter();
    if (entered) {
      context.read();
    } else {
      Closing.close(context.channel());
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject object) {
    if (closing) {
      return; // what follows a refused request
    }
    try {
      if (object.decoderResult().isFailure()) {
        throw WebRefusal.malformed("the request is not HTTP/1.1 as RFC 9112 has it");
      }
      if (object instanceof HttpRequest request) {
        begin(context, request);
      }
      if (object instanceof HttpContent content) {
        add(content.content());
      }
      if (object instanceof LastHttpContent) {
        end(context);
      }
    } catch (WebRefusal refusal) {
      closing = true;
      refuse(context, refusal);
    }
  }

  private void begin(ChannelHandlerContext context, HttpRequest request) {
    if (answering || head != null) {
      throw WebRefusal.malformed("a request came before the last one was answered");
    }
    head = request;
    List<String> lengths = request.headers().getAll(HttpHeaderNames.CONTENT_LENGTH);
    if (lengths.size() > 1
        || (!lengths.isEmpty() && request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING))) {
      throw WebRefusal.malformed("the length of the body is told more than once");
    }
    String shown = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
    if (!parts.tokens().shown(shown)) {
      throw new WebRefusal(
          shown.isEmpty() ? 401 : 403, "token", "the token is missing or not known");
    }
    if (HttpUtil.getContentLength(request, 0L) > parts.maxRequest()) {
      throw tooLarge();
    }
    if (HttpUtil.is100ContinueExpected(request)) {
      var unused = context.writeAndFlush(new DefaultFullHttpResponse(
          HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
    }
    body = Unpooled.compositeBuffer(1_024);
    timer = context
        .executor()
        .schedule(() -> stalled(context), parts.bodyTimeout().toMillis(), TimeUnit.MILLISECONDS);
  }

  private void stalled(ChannelHandlerContext context) {
    closing = true;
    refuse(context, new WebRefusal(408, "timeout", "the request did not arrive in time"));
  }

  private WebRefusal tooLarge() {
    return new WebRefusal(
        413, "too-large", "the body has more than " + parts.maxRequest() + " bytes");
  }

  private void add(ByteBuf piece) {
    ByteBuf whole = body;
    if (whole == null || !piece.isReadable()) {
      return;
    }
    if (whole.readableBytes() + piece.readableBytes() > parts.maxRequest()) {
      throw tooLarge();
    }
    if (!budget.reserve(piece.readableBytes())) {
      throw new WebRefusal(503, "busy", "too many requests are under way");
    }
    reserved += piece.readableBytes();
    whole.writeBytes(piece);
  }

  private void end(ChannelHandlerContext context) {
    HttpRequest request = head;
    ByteBuf whole = body;
    if (request == null || whole == null) {
      throw WebRefusal.malformed("there is no request");
    }
    stopTimer();
    byte[] bytes = new byte[whole.readableBytes()];
    whole.readBytes(bytes);
    whole.release();
    body = null;
    answering = true;
    boolean keep = HttpUtil.isKeepAlive(request);
    var unused = answer(request, bytes)
        .whenComplete((answer, failure) ->
            context.executor().execute(() -> answered(context, answer, failure, keep)));
  }

  private CompletionStage<WebAnswer> answer(HttpRequest request, byte[] bytes) {
    return bytes.length <= INLINE_BYTES
        ? CompletableFuture.completedStage(bytes).thenCompose(b -> ask(request, b))
        : CompletableFuture.supplyAsync(() -> ask(request, bytes), parts.workers())
            .thenCompose(stage -> stage);
  }

  private CompletionStage<WebAnswer> ask(HttpRequest request, byte[] bytes) {
    try {
      String uri = request.uri();
      int query = uri.indexOf('?');
      String encoding =
          String.join(",", request.headers().getAll(HttpHeaderNames.CONTENT_ENCODING));
      boolean own = protocol instanceof SnappyBodies && encoding.equals("snappy");
      return protocol.answer(new WebRequest(
          request.method().name(),
          query < 0 ? uri : uri.substring(0, query),
          query < 0 ? "" : uri.substring(query + 1),
          request.headers(),
          own ? bytes : Expander.expand(bytes, encoding, parts.maxExpanded())));
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private void answered(
      ChannelHandlerContext context,
      @Nullable WebAnswer answer,
      @Nullable Throwable failure,
      boolean keep) {
    if (failure == null && answer != null) {
      write(context, answer, keep && !draining);
    } else {
      WebRefusal refusal = WebRefusal.of(failure == null ? new IllegalStateException() : failure);
      if (refusal.status() == 500 && failure != null) {
        // Not the exception itself: its message could hold a value.
        LOG.error("a request of a log sender failed: {}", failure.getClass().getName());
      }
      closing = !keep || draining;
      refuse(context, refusal);
    }
  }

  private void refuse(ChannelHandlerContext context, WebRefusal refusal) {
    parts.observer().refused(refusal.code());
    write(context, protocol.refusal(refusal), !closing);
  }

  private void write(ChannelHandlerContext context, WebAnswer answer, boolean keep) {
    forget();
    FullHttpResponse response = new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1,
        HttpResponseStatus.valueOf(answer.status()),
        Unpooled.wrappedBuffer(answer.body()));
    if (answer.status() != 204) {
      HttpUtil.setContentLength(response, answer.body().length);
    }
    if (!answer.type().isEmpty()) {
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, answer.type());
    }
    if (answer.status() == 429 || answer.status() == 503) {
      response.headers().set(HttpHeaderNames.RETRY_AFTER, "1");
    }
    protocol.headers(answer).forEach((name, value) -> response.headers().set(name, value));
    HttpUtil.setKeepAlive(response, keep);
    ChannelFuture written = context.writeAndFlush(response);
    if (keep) {
      context.read();
    } else {
      closing = true;
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** The request is over. */
  private void forget() {
    stopTimer();
    head = null;
    answering = false;
    budget.free(reserved);
    reserved = 0;
    ByteBuf whole = body;
    body = null;
    if (whole != null) {
      whole.release();
    }
  }

  private void stopTimer() {
    Future<?> running = timer;
    timer = null;
    if (running != null) {
      running.cancel(false);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (!answering && !closing) {
      context.read();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == Drain.DRAIN) {
      draining = true;
      if (head == null) {
        Closing.close(context.channel());
      }
    } else if (event instanceof IdleStateEvent && !answering) {
      Closing.close(context.channel());
    } else {
      context.fireUserEventTriggered(event);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    forget();
    closing = true;
    if (entered) {
      entered = false;
      connections.leave();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Closing.close(context.channel()); // a reset connection, or a failed handshake
  }
}
