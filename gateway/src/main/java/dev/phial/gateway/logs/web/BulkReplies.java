package dev.phial.gateway.logs.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.phial.gateway.logs.buffer.Parcel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads answers to {@code _bulk}: what was refused for the moment is sent again, and only that. */
final class BulkReplies implements ReplyReader {
  private final ReplyReader byStatus = ReplyReader.byStatus();

  @Override
  public Verdict read(Parcel parcel, Reply reply) throws IOException {
    Verdict whole = byStatus.read(parcel, reply);
    if (!reply.successful()) {
      return whole;
    }
    List<Integer> statuses = statuses(reply.body());
    if (statuses.isEmpty()) {
      return Verdict.TAKEN; // no errors, or filter_path left the items out
    }
    if (statuses.size() != parcel.events()) {
      throw new IOException("the destination answered for another number of documents");
    }
    int rejected = (int)
        statuses.stream().filter(status -> status >= 400 && !passing(status)).count();
    return new Verdict(
        rejected, rejected == 0 ? "" : "documents were rejected", again(parcel, statuses));
  }

  private static boolean passing(int status) {
    return status == 429 || status >= 500;
  }

  /** The documents' statuses; none when there are no errors. */
  private static List<Integer> statuses(byte[] body) throws IOException {
    List<Integer> statuses = new ArrayList<>();
    boolean errors = false;
    try (JsonParser parser = Json.parser(body)) {
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        String name = parser.currentName();
        if (token == JsonToken.VALUE_TRUE && depth == 1 && "errors".equals(name)) {
          errors = true;
        }
        // {"items":[{"create":{"status":201
        if (token == JsonToken.VALUE_NUMBER_INT && depth == 4 && "status".equals(name)) {
          statuses.add(parser.getIntValue());
        }
      }
    } catch (WebRefusal e) {
      throw new IOException("the destination did not answer in JSON", e);
    }
    return errors ? statuses : List.of();
  }

  private static Optional<Parcel> again(Parcel parcel, List<Integer> statuses) {
    ByteBuffer body = parcel.body().duplicate();
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    int events = 0;
    for (int status : statuses) {
      byte[] action = line(body);
      byte[] document = line(body);
      if (passing(status)) {
        rest.writeBytes(action);
        rest.writeBytes(document);
        events++;
      }
    }
    return events == 0
        ? Optional.empty()
        : Optional.of(new Parcel(events, parcel.fields(), ByteBuffer.wrap(rest.toByteArray())));
  }

  /** The next line that is not empty, with its end. */
  private static byte[] line(ByteBuffer body) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (body.hasRemaining()) {
      byte b = body.get();
      line.write(b);
      if (b == '\n' && !line.toString(StandardCharsets.UTF_8).isBlank()) {
        break;
      }
      if (b == '\n') {
        line.reset();
      }
    }
    return line.toByteArray();
  }
}
