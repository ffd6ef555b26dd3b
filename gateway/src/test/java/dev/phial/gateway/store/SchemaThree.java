package dev.phial.gateway.store;

import static dev.phial.gateway.store.KeysetStoreContractTest.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.crypto.key.KeyPurpose;
import dev.phial.kms.KekRef;
import dev.phial.kms.KekVersion;
import dev.phial.kms.WrappedKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a store of schema 3 holds, and what of it has to be there after the schema was brought up to date. */
final class SchemaThree {
  /** {@code WRAPPED} stands for three bytes, as the database writes them. */
  static final String ROWS = """
      INSERT INTO keyset (id, tenant, purpose, revision, "primary") VALUES (-9223372036854775808, 'north', 'ENCRYPT', 5, 2);
      INSERT INTO key_version (keyset, version, state, created_ms, kek, kek_version, wrapped, check_value)
        VALUES (-9223372036854775808, 1, 'DISABLED', 1772359200123, 'local/default', '1.0a', WRAPPED, '00ff'),
               (-9223372036854775808, 2, 'ENABLED', 1772359200124, 'aws/alias/phial', 'arn:aws:kms:key/1', WRAPPED, 'ff00');
      """;

  private SchemaThree() {}

  static void isWhole(KeysetStore store) throws Exception {
    StoredKeyset expected = new StoredKeyset(
        "north",
        KeyPurpose.ENCRYPT,
        Long.MIN_VALUE,
        5,
        2,
        List.of(
            version(1, VersionState.DISABLED, 123, new KekRef("local", "default"), "1.0a", "00ff"),
            version(
                2,
                VersionState.ENABLED,
                124,
                new KekRef("aws", "alias/phial"),
                "arn:aws:kms:key/1",
                "ff00")));
    assertThat(await(store.find("north", KeyPurpose.ENCRYPT))).contains(expected);
    StoredVersion first = expected.versions().get(0);
    StoredKeyset both = expected.with(List.of(
        first.under(first.wrapped(), Optional.of(expected.versions().get(1).wrapped())),
        expected.versions().get(1)));
    assertThat(await(store.compareAndSet(both))).isTrue();
    assertThat(await(store.list(Optional.empty()))).containsExactly(both);
  }

  private static StoredVersion version(
      int number, VersionState state, int millis, KekRef kek, String kekVersion, String check) {
    return new StoredVersion(
        number,
        state,
        Instant.parse("2026-03-01T10:00:00Z").plusMillis(millis),
        WrappedKey.of(new KekVersion(kek, kekVersion), new byte[] {0, (byte) 0xff, 1}),
        check);
  }
}
