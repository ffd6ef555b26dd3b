package dev.phial.gateway.admin;

import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.evidence.Evidence;
import dev.phial.gateway.evidence.Statement;
import dev.phial.gateway.evidence.StatementKind;
import dev.phial.gateway.keys.KeyAdministration;
import dev.phial.gateway.keys.KeyStateException;
import dev.phial.gateway.keys.KeysetView;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Receipts for destroyed keys: statements of what the store says, signed by whichever gateway is asked, as often as it is. The
 * facts, version 1, are described in docs/format.md.
 */
public final class DestructionReceipts {
  private static final int FACTS = 1;

  private final KeyAdministration keys;
  private final Evidence evidence;

  public DestructionReceipts(KeyAdministration keys, Evidence evidence) {
    this.keys = keys;
    this.evidence = evidence;
  }

  /** Fails with a {@link KeyStateException} when nothing is destroyed yet. */
  CompletionStage<String> of(String tenant, Optional<KeyPurpose> purpose) {
    return keys.list(Optional.of(tenant))
        .thenApply(all -> all.stream()
            .filter(keyset -> purpose.isEmpty() || keyset.purpose() == purpose.get())
            .filter(keyset -> destroyed(keyset).findAny().isPresent())
            .toList())
        .thenApply(found -> signed(tenant, found));
  }

  private String signed(String tenant, List<KeysetView> keysets) {
    if (keysets.isEmpty()) {
      throw new KeyStateException(
          "nothing of it is destroyed yet; phial keys list shows what is due when");
    }
    return evidence.sign(new Statement(
        StatementKind.DESTRUCTION,
        FACTS,
        Map.of(
            "tenant",
            tenant,
            "keysets",
            keysets.stream().map(DestructionReceipts::facts).toList())));
  }

  private static Map<String, Object> facts(KeysetView keyset) {
    return Map.of(
        "keyset", keyset.keysetId(),
        "purpose", keyset.purpose().name(),
        "destroyed",
            destroyed(keyset)
                .map(version -> version.destruction().map(how -> facts(version, how)))
                .flatMap(Optional::stream)
                .toList(),
        "left",
            keyset.versions().stream()
                .filter(version -> !isDestroyed(version))
                .map(KeysetView.Version::version)
                .toList());
  }

  private static Map<String, Object> facts(KeysetView.Version version, KeysetView.Destruction how) {
    Map<String, Object> facts = new HashMap<>(Map.of(
        "version", version.version(),
        "check", how.check(),
        "created", version.created().toString(),
        "kek", version.kek(),
        "kek_version", version.kekVersion(),
        "asked_by", how.askedBy(),
        "audit_request", how.request(),
        "due", how.due().toString()));
    how.done().ifPresent(done -> facts.put("destroyed", done.toString()));
    if (!how.approvedBy().isEmpty()) {
      facts.put("approved_by", how.approvedBy());
    }
    return facts;
  }

  private static Stream<KeysetView.Version> destroyed(KeysetView keyset) {
    return keyset.versions().stream().filter(DestructionReceipts::isDestroyed);
  }

  private static boolean isDestroyed(KeysetView.Version version) {
    return version.destruction().flatMap(KeysetView.Destruction::done).isPresent();
  }

  /** What the audit log has of a receipt. */
  static String digest(String receipt) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256")
              .digest(receipt.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
