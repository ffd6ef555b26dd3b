package dev.phial.gateway.http;

import dev.phial.gateway.audit.AuditEvent;
import dev.phial.gateway.identity.Call;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A refusal, as it is answered, and as the audit log has it: names of the policy and of the caller only, nothing that the client made up.
 *
 * @param id the request's
 * @param call the caller, null before authentication
 * @param admitted the route, null before there is one
 * @param head the request's head, null when it could not be read
 * @param refusal what was refused and why
 */
record RefusalRecord(
    String id,
    @Nullable Call call,
    @Nullable Admitted admitted,
    @Nullable RequestHead head,
    Refusal refusal) {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  AuditEvent event() {
    return new AuditEvent(
        "refuse",
        call == null ? "unknown" : call.caller().subject(),
        call == null ? "" : call.caller().tenant(),
        call == null ? "" : call.purpose(),
        "http",
        id,
        refusal.code(),
        List.of(),
        Map.of(
            "route", route(admitted),
            "method", method(admitted, head),
            "status", String.valueOf(refusal.status())));
  }

  /** The answer to the client, head and body. */
  byte[][] answer(boolean close) {
    ErrorBody body = ErrorBody.of(
        refusal, id, admitted == null ? null : admitted.route().http().content());
    byte[] bytes = head != null && head.method().equals("HEAD") ? new byte[0] : body.bytes();
    StringBuilder text = ResponseFields.statusLine(refusal.status());
    Framing.field(text, "Content-Type", body.type());
    if (refusal.status() == 401) {
      Framing.field(text, "WWW-Authenticate", "Bearer");
    }
    return new byte[][] {
      ResponseFields.end(text, id, BodyLength.of(bytes.length), true, close), bytes
    };
  }

  static String route(@Nullable Admitted admitted) {
    return admitted == null ? "none" : admitted.route().http().path();
  }

  static String method(@Nullable Admitted admitted, @Nullable RequestHead head) {
    if (head == null) {
      return "unknown";
    }
    return admitted != null || METHODS.contains(head.method()) ? head.method() : "other";
  }

  /** The answer when a refusal could not be recorded. */
  static Refusal unaudited() {
    return new Refusal(
        503, "audit-unavailable", "the audit log cannot be written; nothing is done without it");
  }
}
