package dev.phial.gateway.http;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way of one request to the upstream: body through the transformer, framed anew, to a connection that is only asked for
 * when there is something to send. For one event loop.
 */
final class RequestSide implements BodyPump.Owner {
  private final Client client;
  private final UpstreamPool pool;
  private final UpstreamListener response;
  private final Consumer<Throwable> failed;
  private final boolean head;
  private final FramedBody framed;
  private final Deque<ByteBuf> waiting = new ArrayDeque<>();
  private @Nullable BodyPump pump;
  private @Nullable UpstreamConnection upstream;
  private boolean asked;
  private boolean complete;
  private boolean over;

  /**
   * @param client whose request it is
   * @param pool where connections come from
   * @param request the admitted request
   * @param target the target that the upstream is sent
   * @param response takes the upstream's response
   * @param failed told once when the request cannot be sent
   */
  RequestSide(
      Client client,
      UpstreamPool pool,
      RequestHead request,
      String target,
      UpstreamListener response,
      Consumer<Throwable> failed) {
    this.client = client;
    this.pool = pool;
    this.response = response;
    this.failed = failed;
    this.head = request.method().equals("HEAD");
    this.framed = new FramedBody(
        length -> RequestFields.head(request, target, pool.upstream().authority(), length),
        this::wire);
  }

  /** Takes rewritten bytes. */
  void emitted(ByteBuf piece) {
    if (over) {
      piece.release();
    } else {
      framed.add(piece);
    }
  }

  /** Starts to read the body through {@code through}. */
  void start(BodyPump through) {
    pump = through;
    through.pump();
  }

  @Override
  public boolean ready() {
    return !framed.started() || (upstream != null && upstream.writable());
  }

  @Override
  public void more() {
    client.more();
  }

  /** The body has been emitted whole, or there is none. */
  @Override
  public void done() {
    if (!over) {
      complete = true;
      framed.end();
      sentWhenComplete();
    }
  }

  @Override
  public void failed(Throwable failure) {
    failed.accept(failure);
  }

  /** The upstream takes bytes again. */
  void resume() {
    if (pump != null) {
      pump.pump();
    }
  }

  private void wire(ByteBuf bytes) {
    if (upstream != null) {
      upstream.write(bytes);
    } else {
      waiting.add(bytes);
      ask();
    }
  }

  private void ask() {
    if (!asked) {
      asked = true;
      pool.acquire(this::connected, failed::accept);
    }
  }

  private void connected(UpstreamConnection connection) {
    if (over) {
      pool.release(connection);
      return;
    }
    upstream = connection;
    connection.begin(response, head);
    for (ByteBuf bytes = waiting.poll(); bytes != null; bytes = waiting.poll()) {
      connection.write(bytes);
    }
    sentWhenComplete();
    resume();
  }

  private void sentWhenComplete() {
    if (complete && upstream != null) {
      upstream.sent();
    }
  }

  /** Asks the upstream for more of its response. */
  void moreResponse() {
    if (upstream != null) {
      upstream.more();
    }
  }

  /** The upstream's response has ended, and with it the use of the connection. */
  void detach() {
    upstream = null;
  }

  /** Gives up. */
  void abort() {
    over = true;
    if (pump != null) {
      pump.abort();
    }
    framed.release();
    waiting.forEach(ByteBuf::release);
    waiting.clear();
    if (upstream != null) {
      upstream.abort();
      upstream = null;
    }
  }
}
