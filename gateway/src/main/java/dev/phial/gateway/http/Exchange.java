package dev.phial.gateway.http;

import dev.phial.gateway.identity.Call;
import dev.phial.gateway.transform.MessageTransformer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer: admitted, its target protected, its body sent on, the response brought back; or refused, at
 * any of these steps, with an audit record before the answer. For one event loop.
 */
final class Exchange implements UpstreamListener, ResponseSide.Owner {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private final ProxyContext proxy;
  private final Client client;
  private final String id;
  private final long began = System.nanoTime();
  private final Deque<ByteBuf> early = new ArrayDeque<>();
  private @Nullable RequestHead head;
  private @Nullable Call call;
  private @Nullable Admitted admitted;
  private @Nullable RequestSide request;
  private @Nullable BodyPump requestPump;
  private @Nullable ResponseSide response;
  private boolean requestEnded;
  private boolean over;

  Exchange(ProxyContext proxy, Client client) {
    this.proxy = proxy;
    this.client = client;
    this.id = proxy.ids().next();
  }

  // ---- the client's side

  /** A request has come. */
  void begin(RequestHead came) {
    head = came;
    try {
      Call caller = proxy.admission().authenticate(came, client.certificates(), id);
      call = caller;
      Admitted admission = proxy.admission().route(caller, came);
      admitted = admission;
      Admission.check(admission);
      refuseTooLarge(came.body());
      onLoop(proxy.targets().target(admission), target -> send(admission, target), this::refuse);
    } catch (RuntimeException
        | AssertionError e) { // the module throws the latter for some refusals
      refuse(e);
    }
  }

  private void refuseTooLarge(BodyLength body) {
    int most = proxy.settings().bodies().documentBytes();
    if (body instanceof BodyLength.Fixed fixed && fixed.bytes() > most) {
      throw new Refusal(413, "too-large", "the body has more than " + most + " bytes");
    }
  }

  /** A piece of the request's body has come. */
  void requestBody(ByteBuf piece) {
    if (over) {
      piece.release();
    } else if (requestPump != null) {
      requestPump.add(piece);
    } else {
      early.add(piece);
    }
  }

  /** The request has ended. */
  void requestEnd() {
    requestEnded = true;
    if (requestPump != null && !over) {
      requestPump.end();
    }
  }

  /** The request turned out to be malformed. */
  void malformed(FramingException defect) {
    refuse(new Refusal(defect.status(), "malformed-request", String.valueOf(defect.getMessage())));
  }

  /** The client was too slow. */
  void stalled() {
    refuse(new Refusal(408, "request-timeout", "the request did not arrive in time"));
  }

  /** The client takes bytes again. */
  void clientWritable() {
    if (response != null) {
      response.resume();
    }
  }

  /** The client has gone; nobody is left to be answered. */
  void gone() {
    over = true;
    abort();
  }

  // ---- to the upstream

  private void send(Admitted admission, String target) {
    if (over) {
      return; // the client has gone meanwhile
    }
    RequestSide side = new RequestSide(
        client,
        proxy.upstreams().of(client.loop(), admission.route().http().upstream()),
        admission.head(),
        target,
        this,
        this::refuse);
    request = side;
    if (admission.head().body().empty()) {
      side.done();
    } else {
      stream(admission, side);
    }
  }

  private void stream(Admitted admission, RequestSide side) {
    if (admission.head().expectsContinue() && early.isEmpty()) {
      client.write(Unpooled.wrappedBuffer(
          "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
    }
    BodyPump pump = new BodyPump(
        proxy
            .bodies()
            .protecting(
                admission.call(),
                admission.route().rules(),
                admission.route().patient(admission.target().segments()),
                emittedTo(side::emitted)),
        client.loop(),
        side);
    requestPump = pump;
    for (ByteBuf piece = early.poll(); piece != null; piece = early.poll()) {
      pump.add(piece);
    }
    if (requestEnded) {
      pump.end();
    }
    side.start(pump);
  }

  /** Rewritten bytes come on any thread. */
  private MessageTransformer.Sink emittedTo(Consumer<ByteBuf> side) {
    return (ByteBuffer bytes) ->
        client.loop().execute(() -> side.accept(Unpooled.wrappedBuffer(bytes)));
  }

  @Override
  public void writable() {
    if (request != null) {
      request.resume();
    }
  }

  // ---- back to the client

  @Override
  public void head(ResponseHead came) {
    Admitted admission = admitted;
    RequestSide side = request;
    if (over || admission == null || side == null) {
      return;
    }
    response = answering(admission, came);
    response.start(new BodyPump(
        proxy
            .bodies()
            .revealing(admission.call(), admission.route().rules(), emittedTo(response::emitted)),
        client.loop(),
        response));
  }

  private ResponseSide answering(Admitted admission, ResponseHead came) {
    Upstream upstream =
        proxy.upstreams().of(client.loop(), admission.route().http().upstream()).upstream();
    ResponseFields fields = new ResponseFields(admission.table(), upstream.authority());
    boolean bodiless =
        admission.head().method().equals("HEAD") || came.status() == 204 || came.status() == 304;
    return new ResponseSide(
        client,
        came,
        admission.route().http().content(),
        this,
        length -> fields.head(came, id, length, !bodiless, closing()));
  }

  private boolean closing() {
    return client.closing() || !requestEnded || (head != null && head.close());
  }

  @Override
  public void body(ByteBuf piece) {
    if (response != null) {
      response.body(piece);
    } else {
      piece.release();
    }
  }

  @Override
  public void end() {
    if (request != null) {
      request.detach();
    }
    if (response != null && !over) {
      response.end();
    }
  }

  @Override
  public void failed(Refusal refusal) {
    if (request != null) {
      request.detach();
    }
    refuse(refusal);
  }

  @Override
  public void moreResponse() {
    if (request != null) {
      request.moreResponse();
    }
  }

  @Override
  public void responded(int status) {
    if (!over) {
      boolean reusable = !closing();
      over = true;
      abort();
      observe(status, "ok");
      client.finished(reusable, !requestEnded);
    }
  }

  @Override
  public void responseFailed(Throwable failure) {
    fail(Refusals.ofResponse(failure), failure);
  }

  // ---- when it goes no further

  private void refuse(Throwable failure) {
    fail(Refusals.ofRequest(failure), failure);
  }

  private void fail(Refusal refusal, Throwable failure) {
    if (over) {
      return;
    }
    over = true;
    abort();
    if (refusal.status() == 500) {
      // Not the exception itself: its message could hold a value.
      LOG.error("request {} failed: {}", id, Defect.of(failure));
    }
    if (response != null && response.started()) {
      observe(refusal.status(), refusal.code());
      client.finished(false, true);
    } else {
      RefusalRecord record = new RefusalRecord(id, call, admitted, head, refusal);
      onLoop(
          proxy.audit().append(record.event()),
          done -> answer(refusal),
          unaudited -> answer(RefusalRecord.unaudited()));
    }
  }

  private void answer(Refusal refusal) {
    boolean close = closing();
    client.write(
        Unpooled.wrappedBuffer(new RefusalRecord(id, call, admitted, head, refusal).answer(close)));
    observe(refusal.status(), refusal.code());
    client.finished(!close, !requestEnded);
  }

  private void observe(int status, String reason) {
    proxy
        .observer()
        .answered(
            new HttpObserver.Answer(
                RefusalRecord.route(admitted),
                RefusalRecord.method(admitted, head),
                status,
                reason),
            Duration.ofNanos(System.nanoTime() - began));
  }

  private void abort() {
    early.forEach(ByteBuf::release);
    early.clear();
    if (request != null) {
      request.abort();
    }
    if (response != null) {
      response.abort();
    }
  }

  /** Goes on here when a stage has completed, unless the exchange has ended meanwhile. */
  private <T> void onLoop(CompletionStage<T> stage, Consumer<T> then, Consumer<Throwable> failed) {
    var unused = stage.whenComplete((value, failure) -> client.loop().execute(() -> {
      if (failure == null) {
        guarded(value, then);
      } else {
        failed.accept(failure);
      }
    }));
  }

  private <T> void guarded(T value, Consumer<T> then) {
    try {
      then.accept(value);
    } catch (RuntimeException
        | AssertionError e) { // the module throws the latter for some refusals
      refuse(e);
    }
  }
}
