package dev.phial.gateway.logs.syslog;

import dev.phial.gateway.logs.intake.LogObserver.Lost;
import dev.phial.gateway.logs.net.Closing;
import dev.phial.gateway.logs.net.Connections;
import dev.phial.gateway.logs.net.PatientConnection;
import dev.phial.gateway.logs.net.PatientIntake;
import dev.phial.masking.LogEvent;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One sender's connection. What one read brings is one batch. */
final class SyslogConnection extends PatientConnection implements SyslogFrames.Sink {
  private final SyslogParts parts;
  private final SyslogFrames frames;
  private final List<LogEvent> messages = new ArrayList<>();
  private @Nullable PatientIntake intake;

  SyslogConnection(SyslogParts parts, Connections connections) {
    super(connections);
    this.parts = parts;
    this.frames = new SyslogFrames(parts.maxEvent(), this);
  }

  @Override
  protected void opened(ChannelHandlerContext context) {
    intake = new PatientIntake(
        parts.intake(), context.channel().eventLoop(), parts.observer(), parts.patience());
  }

  @Override
  protected void came(ChannelHandlerContext context, ByteBuf bytes) {
    try {
      frames.feed(bytes);
    } catch (IllegalArgumentException e) {
      parts.observer().lost(Lost.MALFORMED, 1);
      Closing.close(context.channel());
    }
  }

  @Override
  public void message(byte[] message) {
    messages.add(LogEvent.of(message));
  }

  @Override
  public void tooLarge() {
    parts.observer().lost(Lost.TOO_LARGE, 1);
  }

  @Override
  protected boolean takeNext(ChannelHandlerContext context) {
    PatientIntake into = intake;
    if (into == null || messages.isEmpty()) {
      return false;
    }
    SyslogBatch batch = new SyslogBatch(messages);
    messages.clear();
    waiting();
    var unused = into.take(batch).thenRun(() -> taken(context));
    return true;
  }

  @Override
  protected void ended() {
    if (!frames.complete()) {
      // The rest of it is missing, and with it perhaps what would have been recognized.
      parts.observer().lost(Lost.MALFORMED, 1);
    }
  }
}
