package dev.phial.gateway;

import dev.phial.crypto.fips.FipsModule;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.bouncycastle.crypto.fips.FipsStatus;

/**
 * Threat T17 in a process of its own, since a module in its error state stays there: a gateway that serves, then the error, then the
 * same requests again. Says what came of each.
 */
final class ModuleErrorProbe {
  private static final String CANARY = "536-27-8841";
  private static final String RECORD =
      "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Achterberg\"}],\"identifier\":[{\"system\":"
          + "\"http://hl7.org/fhir/sid/us-ssn\",\"value\":\"" + CANARY + "\"}]}";

  private ModuleErrorProbe() {}

  public static void main(String[] args) throws Exception {
    try (RecordingUpstream upstream = new RecordingUpstream();
        RunningGateway phial = new RunningGateway(Path.of(args[0]), upstream.port())) {
      String application = phial.token("application", "TREAT");
      String clinician = phial.token("clinician", "TREAT");
      HttpResponse<String> made = phial.post("/fhir/Patient", RECORD, application);
      String path = made.headers().firstValue("Location").orElseThrow();
      say("before: write", made.statusCode());
      say("before: read", phial.get(path, clinician).statusCode());
      say("before: ready", phial.management("/readyz").contains("[ok]   fips module"));
      int forwarded = upstream.requests();
      breakModule();
      say("healthy", FipsModule.start().healthy());
      say("after: ready", phial.management("/readyz").contains("[ok]   fips module"));
      for (int i = 0; i < 3; i++) {
        say("after: write", answer(() -> phial.post("/fhir/Patient", RECORD, application)));
      }
      say("after: writes forwarded", upstream.requests() - forwarded);
      say("after: read", answer(() -> phial.get(path, clinician)));
      say("canary forwarded", upstream.everything().contains(CANARY));
      say("canary in audit", phial.auditLog().contains(CANARY));
    }
    System.exit(0);
  }

  /** A request of the client. */
  private interface Request {
    HttpResponse<String> send() throws IOException, InterruptedException;
  }

  /** An error, or the end of the connection, is a refusal; whatever shows the record is none. */
  private static String answer(Request request) throws InterruptedException {
    try {
      HttpResponse<String> answer = request.send();
      boolean refused = answer.statusCode() >= 500 || answer.statusCode() == 401;
      return refused && !answer.body().contains("Achterberg")
          ? "refused"
          : "answered " + answer.statusCode();
    } catch (IOException e) {
      return "refused";
    }
  }

  private static void breakModule() throws ReflectiveOperationException {
    Method move = FipsStatus.class.getDeclaredMethod("moveToErrorStatus", String.class);
    move.setAccessible(true);
    try {
      move.invoke(null, "simulated");
    } catch (InvocationTargetException e) {
      // The module says so with an Error.
    }
  }

  private static void say(String what, Object answer) {
    System.out.println(what + " = " + answer);
  }
}
