package dev.phial.benchmarks;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.envelope.Envelope;
import dev.phial.crypto.envelope.EnvelopeCipher;
import dev.phial.crypto.envelope.RecordCipher;
import dev.phial.crypto.envelope.RecordFields;
import dev.phial.crypto.envelope.SealedRecord;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyPurpose;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** 64 fields of 16 bytes, as one record and as 64 values; times are for one field. From a map in no order, to copies of the values. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecordBenchmark {
  private static final int FIELDS = 64;

  private final FipsModule module = FipsModule.start();
  private final RecordCipher records = new RecordCipher(module);
  private final EnvelopeCipher values = new EnvelopeCipher(module);
  private final DataKey key = BenchKeys.of(KeyPurpose.ENCRYPT);
  private final DataContext context = DataContext.of("tenant", "patient");
  private final Map<String, byte[]> fields = fields();
  private final SealedRecord sealed =
      SealedRecord.parse(records.seal(key, context, RecordFields.of(fields)));
  private final Map<String, Envelope> apart = apart(values, key, fields);

  private static Map<String, byte[]> fields() {
    Map<String, byte[]> fields = new HashMap<>();
    for (int i = 0; i < FIELDS; i++) {
      fields.put("given_name_" + i, new byte[16]);
    }
    return fields;
  }

  private static Map<String, Envelope> apart(
      EnvelopeCipher values, DataKey key, Map<String, byte[]> fields) {
    Map<String, Envelope> apart = new HashMap<>();
    fields.forEach((name, value) ->
        apart.put(name, Envelope.parse(values.seal(key, DataContext.of("tenant", name), value))));
    return apart;
  }

  @Benchmark
  @OperationsPerInvocation(FIELDS)
  public byte[] sealRecord() {
    return records.seal(key, context, RecordFields.of(fields));
  }

  @Benchmark
  @OperationsPerInvocation(FIELDS)
  public void openRecord(Blackhole hole) {
    records.open(key, context, sealed).forEach((name, value) -> hole.consume(value));
  }

  @Benchmark
  @OperationsPerInvocation(FIELDS)
  public void sealValues(Blackhole hole) {
    fields.forEach(
        (name, value) -> hole.consume(values.seal(key, DataContext.of("tenant", name), value)));
  }

  @Benchmark
  @OperationsPerInvocation(FIELDS)
  public void openValues(Blackhole hole) {
    apart.forEach(
        (name, value) -> hole.consume(values.open(key, DataContext.of("tenant", name), value)));
  }
}
