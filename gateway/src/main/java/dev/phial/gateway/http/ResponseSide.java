package dev.phial.gateway.http;

import dev.phial.gateway.policy.HttpRoute.Content;
import io.netty.buffer.ByteBuf;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way of one response to the client: body through the transformer, framed anew. Nothing is written before the
 * transformer has emitted, so that a response that cannot be given can still become an error. For one event loop.
 */
final class ResponseSide implements BodyPump.Owner {

  /** Whoever waits for the end of the response. */
  interface Owner {
    void moreResponse();

    void responded(int status);

    void responseFailed(Throwable failure);
  }

  private final Client client;
  private final ResponseHead head;
  private final Content content;
  private final Owner owner;
  private final FramedBody framed;
  private @Nullable BodyPump pump;
  private boolean begun;
  private boolean over;

  /**
   * @param client who gets it
   * @param head the upstream's head
   * @param content what the body must be
   * @param owner told when it has ended
   * @param written makes the answer's head
   */
  ResponseSide(
      Client client,
      ResponseHead head,
      Content content,
      Owner owner,
      Function<BodyLength, byte[]> written) {
    this.client = client;
    this.head = head;
    this.content = content;
    this.owner = owner;
    this.framed = new FramedBody(written, client::write);
  }

  void start(BodyPump through) {
    pump = through;
    through.pump();
  }

  /** Takes a piece of the upstream's body. */
  void body(ByteBuf piece) {
    if (over || pump == null) {
      piece.release();
    } else if (begun) {
      pump.add(piece);
    } else {
      begin(piece, pump);
    }
  }

  /** What a body is matters only when there is one. */
  private void begin(ByteBuf piece, BodyPump through) {
    begun = true;
    try {
      ContentRules.checkResponse(head.fields(), content);
    } catch (Refusal refusal) {
      piece.release();
      through.abort();
      owner.responseFailed(refusal);
      return;
    }
    through.add(piece);
  }

  void end() {
    if (pump != null) {
      pump.end();
    }
  }

  /** Takes rewritten bytes. */
  void emitted(ByteBuf piece) {
    if (over) {
      piece.release();
    } else {
      framed.add(piece);
    }
  }

  /** Whether something of the answer has been written. */
  boolean started() {
    return framed.started();
  }

  @Override
  public boolean ready() {
    return client.writable();
  }

  @Override
  public void more() {
    owner.moreResponse();
  }

  @Override
  public void done() {
    if (!over) {
      over = true;
      framed.end();
      owner.responded(head.status());
    }
  }

  @Override
  public void failed(Throwable failure) {
    owner.responseFailed(failure);
  }

  /** The client takes bytes again. */
  void resume() {
    if (pump != null) {
      pump.pump();
    }
  }

  /** Gives up. */
  void abort() {
    over = true;
    framed.release();
    if (pump != null) {
      pump.abort();
    }
  }
}
