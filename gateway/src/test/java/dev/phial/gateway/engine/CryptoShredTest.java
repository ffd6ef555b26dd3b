package dev.phial.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.phial.crypto.envelope.StreamHeader;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fpe.Ff1Engine;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.token.TokenFormat;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.identity.Caller;
import dev.phial.gateway.keys.DestructionOrder;
import dev.phial.gateway.keys.KeyCare;
import dev.phial.gateway.keys.KeyStateException;
import dev.phial.gateway.keys.Keysets;
import dev.phial.gateway.policy.Element;
import dev.phial.gateway.policy.Identifier;
import dev.phial.gateway.policy.Mask;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.policy.Protection;
import dev.phial.gateway.policy.Protection.KeyVersionMode;
import dev.phial.gateway.policy.Protection.SealedForm;
import dev.phial.gateway.policy.Protection.TokenUse;
import dev.phial.gateway.policy.Reveal;
import dev.phial.gateway.policy.Role;
import dev.phial.gateway.store.SqlStore;
import dev.phial.gateway.store.StoreBytes;
import dev.phial.gateway.store.TokenStore.TokenCount;
import dev.phial.kms.KekRef;
import dev.phial.kms.Kms;
import dev.phial.kms.testkit.InMemoryKms;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Threat T20: several gateways on one store, 1,000 blobs of all kinds, and what opens after the tenant was shredded. */
@Timeout(300)
class CryptoShredTest {
  private static final KekRef KEK = new KekRef("memory", "default");
  private static final Policy POLICY = new Policy(
      "digest",
      Map.of(
          "name", element("name", new Protection.Encrypt(SealedForm.TEXT, false)),
          "scan", element("scan", new Protection.Encrypt(SealedForm.TEXT, false)),
          "ssn",
              element(
                  "ssn",
                  new Protection.Tokenize(TokenFormat.parse("us-ssn"), KeyVersionMode.PINNED)),
          "note",
              element(
                  "note",
                  new Protection.Vaulted(Optional.empty(), TokenUse.UNIQUE, Optional.empty()))),
      List.of(),
      Map.of(
          "application",
          new Role(
              "application", Set.of("TREAT"), Set.of("*"), Map.of("*", Reveal.PLAINTEXT), false)));

  private final FipsModule module = FipsModule.start();
  private final Kms kms = InMemoryKms.with(KEK);
  private final List<Gateway> opened = new ArrayList<>();

  @TempDir
  Path folder = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private Gateway gateway;

  @BeforeEach
  void open() throws Exception {
    gateway = gateway(folder.resolve("live/phial.db"));
  }

  @AfterEach
  void close() {
    opened.forEach(Gateway::close);
  }

  private static Element element(String name, Protection protection) {
    return new Element(name, Identifier.OTHER, protection, Mask.ALL);
  }

  private static Call call(String tenant) {
    return new Call(
        new Caller("app", tenant, Set.of("application"), Set.of("TREAT"), Caller.Method.JWT),
        "TREAT",
        "test",
        "r1");
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private Gateway gateway(Path file) {
    Gateway made = new Gateway(module, SqlStore.sqlite(file, InstantSource.system()), kms);
    opened.add(made);
    return made;
  }

  private static DestructionOrder in(Duration waiting) {
    return new DestructionOrder(Instant.now().plus(waiting), "officer", "", "r1");
  }

  /** One gateway in this process: its own keys and engines. */
  private record Gateway(
      SqlStore store,
      Keysets keys,
      ProtectionEngine values,
      RecordEngine records,
      DocumentEngine documents) {

    Gateway(FipsModule module, SqlStore store, Kms kms) {
      this(
          module,
          store,
          new Keysets(
              store,
              Map.of("memory", kms),
              KEK,
              new SecureRandom(),
              InstantSource.system(),
              KeyCare.DEFAULTS));
    }

    private Gateway(FipsModule module, SqlStore store, Keysets keys) {
      this(
          store,
          keys,
          new PolicyEngine(
              () -> POLICY,
              keys,
              Protectors.create(
                  module,
                  Ff1Engine.COMPOSED,
                  Clock.systemUTC(),
                  store.tokens(),
                  ForkJoinPool.commonPool()),
              EngineLimits.DEFAULT,
              Runnable::run),
          new PolicyRecords(() -> POLICY, keys, module, EngineLimits.DEFAULT, Runnable::run),
          new PolicyDocuments(() -> POLICY, keys, module, EngineLimits.DEFAULT, Runnable::run));
    }

    void close() {
      keys.close();
      store.close();
    }

    List<String> protect(String tenant, String element, int count) throws Exception {
      List<ProtectItem> items = IntStream.range(0, count)
          .mapToObj(i -> ProtectItem.of(element, PlainValue.ofText("536-27-" + (1000 + i))))
          .toList();
      return await(values.protect(call(tenant), items)).stream()
          .map(outcome -> ((Outcome.Protected) outcome).text())
          .toList();
    }

    String seal(String tenant) throws Exception {
      PlainRecord record =
          new PlainRecord("patient", Map.of("name", PlainValue.ofText("Achterberg")), Map.of());
      return ((RecordOutcome.Sealed) await(records.protectRecord(call(tenant), record))).text();
    }

    byte[] stream(String tenant) throws Exception {
      ByteArrayOutputStream sealed = new ByteArrayOutputStream();
      DocumentFlow flow =
          await(documents.protectDocument(call(tenant), new DocumentItem("scan", Map.of())));
      await(flow.update(ByteBuffer.wrap(new byte[3_000]), out -> write(out, sealed)));
      await(flow.finish(out -> write(out, sealed)));
      return sealed.toByteArray();
    }

    private static void write(ByteBuffer out, ByteArrayOutputStream sealed) {
      byte[] bytes = new byte[out.remaining()];
      out.get(bytes);
      sealed.writeBytes(bytes);
    }

    /** How many of the blobs open here. */
    int opens(String tenant, Blobs blobs) throws Exception {
      int open = 0;
      for (Map.Entry<String, List<String>> texts : blobs.values().entrySet()) {
        open += revealed(tenant, texts.getKey(), texts.getValue());
      }
      for (int i = 0; i < blobs.records().size(); i++) {
        StoredRecord record =
            new StoredRecord("patient", blobs.records().get(i), List.of(), Map.of());
        open += does(() -> await(records.revealRecord(call(tenant), record)));
      }
      for (byte[] sealed : blobs.streams()) {
        open += does(() -> openStream(tenant, sealed));
      }
      return open;
    }

    private void openStream(String tenant, byte[] sealed) throws Exception {
      StreamHeader header = StreamHeader.parse(Arrays.copyOf(sealed, StreamHeader.LENGTH));
      DocumentFlow flow =
          await(documents.revealDocument(call(tenant), new DocumentItem("scan", Map.of()), header));
      await(flow.update(
          ByteBuffer.wrap(sealed, StreamHeader.LENGTH, sealed.length - StreamHeader.LENGTH),
          out -> {}));
      await(flow.finish(out -> {}));
    }

    private int revealed(String tenant, String element, List<String> texts) throws Exception {
      List<RevealItem> items =
          texts.stream().map(text -> RevealItem.of(element, text)).toList();
      try {
        return (int) await(values.reveal(call(tenant), items)).stream()
            .filter(Outcome.Revealed.class::isInstance)
            .count();
      } catch (ExecutionException e) {
        assertThat(refusal(e).code()).isEqualTo(RefusalCode.KEY_RETIRED);
        return 0;
      }
    }

    private static int does(Opening opening) {
      Throwable failure = catchThrowable(opening::run);
      return failure == null ? 1 : 0;
    }
  }

  /** Opens something, or fails. */
  @FunctionalInterface
  private interface Opening {
    void run() throws Exception;
  }

  /** What applications have stored. */
  private record Blobs(
      Map<String, List<String>> values, List<String> records, List<byte[]> streams) {
    static Blobs of(Gateway gateway, String tenant) throws Exception {
      Map<String, List<String>> values = Map.of(
          "name", gateway.protect(tenant, "name", 300),
          "ssn", gateway.protect(tenant, "ssn", 250),
          "note", gateway.protect(tenant, "note", 250));
      List<String> records = new ArrayList<>();
      for (int i = 0; i < 150; i++) {
        records.add(gateway.seal(tenant));
      }
      List<byte[]> streams = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        streams.add(gateway.stream(tenant));
      }
      return new Blobs(values, records, streams);
    }
  }

  private static List<byte[]> wrapped(Gateway gateway, String tenant) throws Exception {
    return await(gateway.store().list(Optional.of(tenant))).stream()
        .flatMap(keyset -> keyset.versions().stream())
        .map(version -> version.wrapped().bytes())
        .toList();
  }

  private void copy(Path from, Path to) throws Exception {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  @Test
  void T20_after_a_shred_0_of_1000_blobs_open_in_any_gateway_or_copy_and_no_wrapped_key_is_left()
      throws Exception {
    Path live = folder.resolve("live");
    Gateway second = gateway(live.resolve("phial.db"));
    Gateway third = gateway(live.resolve("phial.db"));
    Blobs north = Blobs.of(gateway, "north");
    Blobs south = Blobs.of(gateway, "south");
    List<byte[]> keys = wrapped(gateway, "north");
    for (Gateway each : List.of(gateway, second, third)) {
      assertThat(each.opens("north", north)).isEqualTo(1_000);
    }
    assertThat(StoreBytes.found(live, keys)).isEqualTo(keys.size());

    await(gateway.keys().shred("north", in(Duration.ZERO)));
    assertThat(await(gateway.keys().destroyDue())).isEqualTo(KeyPurpose.values().length);

    assertThat(gateway.opens("north", north)).isZero();
    for (Gateway other : List.of(second, third)) {
      await(other.keys().refresh());
      assertThat(other.opens("north", north)).isZero();
    }
    assertThat(StoreBytes.found(live, keys)).isZero();
    copy(live, folder.resolve("copy"));
    assertThat(gateway(folder.resolve("copy/phial.db")).opens("north", north)).isZero();
    assertThat(await(gateway.store().pins(Optional.of("north")))).isEmpty();
    assertThat(await(gateway.store().tokens().count("north"))).isEmpty();
    for (Gateway each : opened) {
      assertThat(each.opens("south", south)).isEqualTo(1_000);
    }
  }

  @Test
  void a_shredded_tenant_gets_no_other_keys_for_any_purpose_and_is_told_why() throws Exception {
    gateway.protect("north", "name", 1);
    await(gateway.keys().shred("north", in(Duration.ZERO)));
    await(gateway.keys().destroyDue());

    for (Gateway each : List.of(gateway, gateway(folder.resolve("live/phial.db")))) {
      for (String element : List.of("name", "ssn", "note")) {
        EngineException refused = refusal(catchThrowable(() -> each.protect("north", element, 1)));
        assertThat(refused.code()).isEqualTo(RefusalCode.KEY_RETIRED);
        assertThat(refused).hasMessageContaining("destroyed, for good");
      }
      for (KeyPurpose purpose : KeyPurpose.values()) {
        assertThat(refusal(catchThrowable(() -> await(each.keys().rotate("north", purpose))))
                .code())
            .isEqualTo(RefusalCode.KEY_RETIRED);
      }
    }
    assertThat(catchThrowable(() -> await(gateway.keys().cancelShred("north"))))
        .hasCauseInstanceOf(KeyStateException.class)
        .hasMessageContaining("for good");
    assertThat(await(gateway.store().list(Optional.of("north"))))
        .hasSize(KeyPurpose.values().length)
        .allMatch(keyset -> keyset.versions().size() == 1);
  }

  @Test
  void until_it_is_due_a_shred_opens_nothing_loses_nothing_and_can_be_taken_back()
      throws Exception {
    Blobs north = Blobs.of(gateway, "north");
    List<TokenCount> tokens = await(gateway.store().tokens().count("north"));
    await(gateway.keys().shred("north", in(Duration.ofDays(7))));
    assertThat(await(gateway.keys().destroyDue())).isZero();
    assertThat(gateway.opens("north", north)).isZero();
    assertThat(
            refusal(catchThrowable(() -> gateway.protect("north", "name", 1))).getMessage())
        .contains("cancel-shred");

    await(gateway.keys().cancelShred("north"));

    assertThat(gateway.opens("north", north)).isEqualTo(1_000);
    assertThat(await(gateway.store().tokens().count("north"))).isEqualTo(tokens);
    assertThat(catchThrowable(() -> await(gateway.keys().cancelShred("north"))))
        .hasCauseInstanceOf(KeyStateException.class);
  }

  /** What waiting for an outcome has wrapped. */
  private static EngineException refusal(Throwable waited) {
    return EngineException.of(Objects.requireNonNull(waited.getCause()));
  }
}
