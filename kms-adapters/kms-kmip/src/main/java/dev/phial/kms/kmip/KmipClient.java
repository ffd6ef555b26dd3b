package dev.phial.kms.kmip;

import dev.phial.kms.KmsUnavailableException;
import java.io.IOException;
import java.util.Arrays;

/** Asks a server for one operation at a time. */
final class KmipClient {
  private static final int MAJOR = 1;
  private static final int MINOR = 4;

  private final String name;
  private final KmipConnection connection;

  KmipClient(String name, KmipConnection connection) {
    this.name = name;
    this.connection = connection;
  }

  /** The payload of the answer. */
  Ttlv call(KmipOperation operation, Ttlv... payload) throws KmipRefusal {
    Ttlv answer = exchange(Ttlv.structure(
        Tag.REQUEST_MESSAGE,
        Ttlv.structure(
            Tag.REQUEST_HEADER,
            Ttlv.structure(
                Tag.PROTOCOL_VERSION,
                Ttlv.integer(Tag.PROTOCOL_MAJOR, MAJOR),
                Ttlv.integer(Tag.PROTOCOL_MINOR, MINOR)),
            Ttlv.integer(Tag.BATCH_COUNT, 1)),
        Ttlv.structure(
            Tag.BATCH_ITEM,
            Ttlv.enumeration(Tag.OPERATION, operation.number()),
            Ttlv.structure(Tag.REQUEST_PAYLOAD, payload))));
    Ttlv item = answer.find(Tag.BATCH_ITEM).orElseThrow(this::strange);
    Ttlv status = item.find(Tag.RESULT_STATUS).orElseThrow(this::strange);
    if (status.number() != 0) {
      throw new KmipRefusal(item.find(Tag.RESULT_REASON).map(Ttlv::number).orElse(0));
    }
    return item.find(Tag.RESPONSE_PAYLOAD).orElseThrow(this::strange);
  }

  private Ttlv exchange(Ttlv request) {
    byte[] bytes = request.encoded();
    try {
      Ttlv answer = Ttlv.parse(connection.exchange(bytes));
      if (answer.tag() == Tag.RESPONSE_MESSAGE) {
        return answer;
      }
      throw strange();
    } catch (IOException e) {
      throw KmsUnavailableException.passing(
          "kms '" + name + "': the KMIP server cannot be reached, or does not know our certificate",
          e);
    } catch (IllegalArgumentException e) {
      throw KmsUnavailableException.passing("kms '" + name + "': what answers is not KMIP", e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private KmsUnavailableException strange() {
    return KmsUnavailableException.passing("kms '" + name + "': what answers is not KMIP");
  }
}
