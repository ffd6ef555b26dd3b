package dev.phial.kms.gcp;

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
 * Opens {@code type: gcp}. A KEK is named by the resource name of its key: {@code
 * gcp/projects/P/locations/L/keyRings/R/cryptoKeys/K}. Settings, all of which may be absent:
 *
 * <ul>
 *   <li>{@code credentials}: a service account's key file in JSON, which only its owner may read; the metadata server's
 *       account (Compute Engine, GKE workload identity) when not given.
 *   <li>{@code endpoint}: another address than {@code https://cloudkms.googleapis.com}. {@code metadata}: another metadata
 *       server.
 *   <li>{@code ca}: PEM, whom to trust instead of the JDK's list.
 *   <li>{@code timeout}: for one operation; 5s. {@code threads}: operations at the same time; 8.
 * </ul>
 */
public final class GcpKmsProvider implements KmsProvider {
  private static final Set<String> SETTINGS =
      Set.of("credentials", "endpoint", "metadata", "ca", "timeout", "threads");
  private static final URI ENDPOINT = URI.create("https://cloudkms.googleapis.com");
  private static final URI METADATA = URI.create("http://metadata.google.internal");

  @Override
  public String type() {
    return "gcp";
  }

  @Override
  public Kms open(KmsSettings settings) {
    return open(settings, InstantSource.system());
  }

  static Kms open(KmsSettings settings, InstantSource clock) {
    settings.allowOnly(SETTINGS);
    Duration timeout = settings.duration("timeout", Duration.ofSeconds(5), Duration.ofMinutes(1));
    int threads = settings.number("threads", 8, 1, 256);
    RestClient rest = new RestClient(
        settings.name(), ClientTls.of(settings, "ca", "certificate", "key"), timeout);
    GcpAccount account = settings.text("credentials").isPresent()
        ? ServiceAccount.read(settings, rest, clock)
        : new MetadataServer(
            settings.name(), rest, settings.endpoint("metadata").orElse(METADATA));
    GcpKeys keys = new GcpKeys(
        settings.name(),
        rest,
        settings.endpoint("endpoint").orElse(ENDPOINT),
        new AccessTokens(account::token, clock));
    return new ThreadedKms(settings.name(), new GcpKms(settings.name(), keys), threads, timeout);
  }
}
