package dev.phial.kms.vault;

import dev.phial.kms.KekRef;
import dev.phial.kms.Kms;
import dev.phial.kms.testkit.KmsContractTest;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * Against the Vault or OpenBao that {@code VAULT_ADDR} and {@code VAULT_TOKEN} name. Its transit engine needs a key {@code
 * phial-contract} of type aes256-gcm96.
 */
@EnabledIfEnvironmentVariable(
    named = "VAULT_ADDR",
    matches = ".+",
    disabledReason = "skipped: no VAULT_ADDR names a server")
class RealVaultTest extends KmsContractTest {

  @Override
  protected Kms open() {
    Map<String, String> environment = System.getenv();
    return new VaultKmsProvider()
        .open(Settings.of(
            Objects.requireNonNull(environment.get("VAULT_ADDR")),
            environment.getOrDefault("VAULT_TOKEN", ""),
            Map.of("namespace", environment.getOrDefault("VAULT_NAMESPACE", ""))));
  }

  @Override
  protected KekRef kek() {
    return new KekRef("vault", "phial-contract");
  }
}
