package dev.phial.gateway.demo;

import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The story of the demonstration, told against a gateway and a record server that are running already. */
final class Demo {
  private static final int ROTATIONS = 3;

  private final DemoStage stage;
  private final PrintStream out;
  private final Checks checks;

  Demo(DemoStage stage, PrintStream out) {
    this.stage = stage;
    this.out = out;
    this.checks = new Checks(out);
  }

  /** Tells it. Returns whether everything was as it should be. */
  boolean run() {
    List<DemoRecord> records = send();
    show(records.get(0));
    rotate(records);
    checkLeaks();
    return checks.allHold();
  }

  private List<DemoRecord> send() {
    out.println("1. The application sends three invented patients through the gateway");
    List<DemoRecord> records = new ArrayList<>();
    for (String patient : SamplePatients.all()) {
      HttpResponse<String> answer = stage.application().post("/fhir/Patient", patient);
      String path = answer.headers().firstValue("Location").orElse("/fhir/Patient/none");
      out.println("   POST /fhir/Patient  ->  " + answer.statusCode() + "  " + path);
      records.add(new DemoRecord(path, patient));
    }
    out.println();
    return records;
  }

  private void show(DemoRecord record) {
    HttpResponse<String> clinician = stage.clinician().get(record.path());
    HttpResponse<String> support = stage.support().get(record.path());
    HttpResponse<String> stranger = stage.stranger().get(record.path());
    String stored =
        stage.records().stored().getOrDefault(record.path().replaceFirst("^/fhir/", ""), "{}");
    out.println("2. The same record, side by side");
    out.println();
    out.print(SideBySide.render(List.of(
        new Column("application sent", JsonLeaves.of(record.sent())),
        new Column("record server stored", JsonLeaves.of(stored)),
        new Column("clinician, TREAT", leaves(clinician)),
        new Column("support, HOPERAT", leaves(support)),
        new Column("unknown caller", leaves(stranger)))));
    out.println();
    checks.that(
        "the clinician reads exactly what the application sent",
        clinician.body().equals(record.sent()));
    checks.that(
        "the support agent reads no name, date or address",
        SamplePatients.CANARIES.stream().noneMatch(support.body()::contains));
    checks.that("the unknown caller is refused", stranger.statusCode() == 403);
    out.println();
  }

  private static Map<String, String> leaves(HttpResponse<String> answer) {
    return answer.statusCode() == 200
        ? JsonLeaves.of(answer.body())
        : SideBySide.everywhere("refused, " + answer.statusCode());
  }

  private void rotate(List<DemoRecord> records) {
    out.println("3. The security officer rotates the tenant's keys while requests flow");
    Traffic traffic = new Traffic(
        2, stage.application(), stage.clinician(), records.get(1).sent(), records.get(0));
    traffic.awaitFlow();
    int before = traffic.answered();
    for (int i = 0; i < ROTATIONS; i++) {
      out.println("   rotated: " + stage.rotateKeys());
    }
    int during = traffic.answered() - before;
    List<String> wrong = traffic.stop();
    out.println("   " + during + " requests were answered while the keys rotated");
    wrong.stream().distinct().limit(5).forEach(what -> out.println("   wrong: " + what));
    checks.that("no request failed and no answer was wrong", wrong.isEmpty() && during > 0);
    checks.that(
        "records sealed before the rotations still open",
        records.stream()
            .allMatch(record -> stage.clinician().get(record.path()).body().equals(record.sent())));
    checks.that(
        "new records are sealed under the new key, and the SSN's token stays the same",
        sameSsnToken(records));
    out.println();
  }

  private boolean sameSsnToken(List<DemoRecord> records) {
    HttpResponse<String> again =
        stage.application().post("/fhir/Patient", records.get(0).sent());
    String path = again.headers().firstValue("Location").orElse("/fhir/none");
    Map<String, String> first = stored(records.get(0).path());
    Map<String, String> second = stored(path);
    return again.statusCode() == 201
        && String.valueOf(first.get("/identifier/0/value"))
            .equals(second.get("/identifier/0/value"))
        && !String.valueOf(first.get("/name/0/family")).equals(second.get("/name/0/family"));
  }

  private Map<String, String> stored(String path) {
    return JsonLeaves.of(
        stage.records().stored().getOrDefault(path.replaceFirst("^/fhir/", ""), "{}"));
  }

  private void checkLeaks() {
    out.println("4. Where did the patients' data go?");
    String behind = String.join("\n", stage.records().stored().values());
    checks.that(
        "nothing that identifies a patient reached the record server ("
            + stage.records().stored().size() + " records searched)",
        SamplePatients.CANARIES.stream().noneMatch(behind::contains));
    checks.that(
        "nothing of it is in the audit log, which has " + stage.auditLines().size() + " records",
        stage.auditLines().stream()
            .allMatch(line -> SamplePatients.CANARIES.stream().noneMatch(line::contains)));
    checks.that("the audit log's hash chain is whole", stage.auditIsWhole());
    out.println();
  }
}
