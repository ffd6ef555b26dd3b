package dev.phial.kms.azure;

import dev.phial.kms.ClientTls;
import dev.phial.kms.Kms;
import dev.phial.kms.KmsProvider;
import dev.phial.kms.KmsSettings;
import dev.phial.kms.ThreadedKms;
import dev.phial.kms.rest.AccessTokens;
import dev.phial.kms.rest.RestClient;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/**
 * Opens {@code type: azure}. A KEK is named by its key's name in the vault. Settings:
 *
 * <ul>
 *   <li>{@code vault}: its address, such as {@code https://clinic.vault.azure.net}.
 *   <li>{@code tenant} and {@code client_id}: the Entra tenant, and the application registered there.
 *   <li>{@code client_secret.file} or {@code client_secret.env}, or {@code federated_token_file} (workload identity).
 *   <li>{@code scope}: of the access token; {@code https://vault.azure.net/.default} when not given, a Managed HSM needs
 *       {@code https://managedhsm.azure.net/.default}. {@code authority}: {@code https://login.microsoftonline.com}.
 *   <li>{@code ca}: PEM, whom to trust instead of the JDK's list.
 *   <li>{@code timeout}: for one operation; 5s. {@code threads}: operations at the same time; 8.
 * </ul>
 */
public final class AzureKmsProvider implements KmsProvider {
  private static final Set<String> SETTINGS = Set.of(
      "vault",
      "tenant",
      "client_id",
      "client_secret.file",
      "client_secret.env",
      "federated_token_file",
      "scope",
      "authority",
      "ca",
      "timeout",
      "threads");
  private static final URI AUTHORITY = URI.create("https://login.microsoftonline.com");

  @Override
  public String type() {
    return "azure";
  }

  @Override
  public Kms open(KmsSettings settings) {
    return open(settings, InstantSource.system());
  }

  static Kms open(KmsSettings settings, InstantSource clock) {
    settings.allowOnly(SETTINGS);
    Duration timeout = settings.duration("timeout", Duration.ofSeconds(5), Duration.ofMinutes(1));
    int threads = settings.number("threads", 8, 1, 256);
    settings.required("vault");
    RestClient rest = new RestClient(
        settings.name(), ClientTls.of(settings, "ca", "certificate", "key"), timeout);
    EntraLogin login =
        EntraLogin.of(settings, rest, settings.endpoint("authority").orElse(AUTHORITY));
    VaultKeys keys = new VaultKeys(
        settings.name(),
        rest,
        settings.endpoint("vault").orElseThrow(),
        new AccessTokens(login::token, clock));
    return new ThreadedKms(settings.name(), new AzureKms(settings.name(), keys), threads, timeout);
  }
}
