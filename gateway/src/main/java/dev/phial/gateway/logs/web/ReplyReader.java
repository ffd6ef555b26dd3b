package dev.phial.gateway.logs.web;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.phial.gateway.logs.buffer.Parcel;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** What a destination's answer means. */
public interface ReplyReader {

  /**
   * What has become of a parcel.
   *
   * @param rejected how many events are refused, and would be again
   * @param why for the log; empty when none
   * @param again what is to be sent again
   */
  record Verdict(int rejected, String why, Optional<Parcel> again) {
    static final Verdict TAKEN = new Verdict(0, "", Optional.empty());
  }

  /**
   * Reads an answer.
   *
   * @throws IOException when the whole parcel is to be sent again
   */
  Verdict read(Parcel parcel, Reply reply) throws IOException;

  /** By the status alone. */
  static ReplyReader byStatus() {
    return ReplyReader::status;
  }

  /** Elasticsearch's, which answers for each document. */
  static ReplyReader bulk() {
    return new BulkReplies();
  }

  /** OTLP's, which says how many records were rejected. */
  static ReplyReader otlp() {
    return (parcel, reply) -> {
      Verdict whole = status(parcel, reply);
      if (!reply.successful()) {
        return whole;
      }
      try {
        long rejected = ExportLogsServiceResponse.parseFrom(reply.body())
            .getPartialSuccess()
            .getRejectedLogRecords();
        return rejected <= 0
            ? whole
            : new Verdict(
                (int) Math.min(rejected, parcel.events()),
                "records were rejected",
                Optional.empty());
      } catch (InvalidProtocolBufferException e) {
        return whole; // taken, whatever it says beside that
      }
    };
  }

  /** What a request was is refused with one of a few statuses; with any other, what may pass: credentials, load, paths. */
  private static Verdict status(Parcel parcel, Reply reply) throws IOException {
    Set<Integer> forWhatItIs = Set.of(400, 413, 415, 422);
    if (reply.successful()) {
      return Verdict.TAKEN;
    }
    if (forWhatItIs.contains(reply.status())) {
      return new Verdict(
          parcel.events(), "the destination answered " + reply.status(), Optional.empty());
    }
    throw new IOException("the destination answered " + reply.status());
  }
}
