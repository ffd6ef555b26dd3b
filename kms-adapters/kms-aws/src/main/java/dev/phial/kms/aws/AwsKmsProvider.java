package dev.phial.kms.aws;

import dev.phial.kms.Kms;
import dev.phial.kms.KmsProvider;
import dev.phial.kms.KmsSettings;
import dev.phial.kms.ThreadedKms;
import java.time.Duration;
import java.util.Set;

/**
 * Opens {@code type: aws}. KEKs are symmetric encryption keys, named by key id, key ARN or alias ({@code aws/alias/phial}).
 * Settings, all of which may be absent:
 *
 * <ul>
 *   <li>{@code region}: such as {@code eu-central-1}; where the SDK's chain finds one (environment, profile, instance) when
 *       not given.
 *   <li>{@code endpoint}: another address than the region's, for a VPC endpoint or an emulator.
 *   <li>{@code fips}: {@code true} calls the region's FIPS endpoint.
 *   <li>{@code timeout}: for one operation; 5s.
 *   <li>{@code threads}: operations at the same time; 8.
 * </ul>
 *
 * <p>Credentials come from the SDK's default chain: environment, web identity, profile, container, instance. There is no
 * setting for them.
 */
public final class AwsKmsProvider implements KmsProvider {
  private static final Set<String> SETTINGS =
      Set.of("region", "endpoint", "fips", "timeout", "threads");

  @Override
  public String type() {
    return "aws";
  }

  @Override
  public Kms open(KmsSettings settings) {
    settings.allowOnly(SETTINGS);
    Duration timeout = settings.duration("timeout", Duration.ofSeconds(5), Duration.ofMinutes(1));
    int threads = settings.number("threads", 8, 1, 256);
    return new ThreadedKms(
        settings.name(),
        new AwsKms(settings.name(), AwsClients.open(settings, timeout)),
        threads,
        timeout);
  }
}
