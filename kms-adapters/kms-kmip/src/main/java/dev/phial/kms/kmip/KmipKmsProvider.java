package dev.phial.kms.kmip;

import dev.phial.kms.BlockingKms;
import dev.phial.kms.ClientTls;
import dev.phial.kms.Kms;
import dev.phial.kms.KmsProvider;
import dev.phial.kms.KmsSettings;
import dev.phial.kms.PreparedKms;
import dev.phial.kms.ThreadedKms;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Opens {@code type: kmip}. A KEK is an active AES key, named by its KMIP Name. Settings:
 *
 * <ul>
 *   <li>{@code address}: {@code host:port}; KMIP's port is 5696.
 *   <li>{@code ca}: PEM, who signs the server's certificate; the JDK's list when not given.
 *   <li>{@code certificate} and {@code key}: PEM, who we are.
 *   <li>{@code create}: {@code true} makes and activates the key {@code kek} when there is none. False when not given.
 *   <li>{@code kek}: the name of the key that creation makes; {@code phial} when not given.
 *   <li>{@code timeout}: for one operation; 5s. {@code threads}: operations at the same time; 4.
 * </ul>
 */
public final class KmipKmsProvider implements KmsProvider {
  private static final Set<String> SETTINGS =
      Set.of("address", "ca", "certificate", "key", "create", "kek", "timeout", "threads");
  private static final Pattern ADDRESS =
      Pattern.compile("([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:]{2,45}]):([0-9]{1,5})");

  @Override
  public String type() {
    return "kmip";
  }

  @Override
  public Kms open(KmsSettings settings) {
    settings.allowOnly(SETTINGS);
    settings.required("certificate");
    Duration timeout = settings.duration("timeout", Duration.ofSeconds(5), Duration.ofMinutes(1));
    int threads = settings.number("threads", 4, 1, 64);
    String kek = settings.text("kek", "phial");
    if (!kek.matches("[!-~]{1,256}")) {
      throw settings.problem("kek", "has 1 to 256 visible ASCII characters");
    }
    KmipKms kms = new KmipKms(
        settings.name(), new KmipClient(settings.name(), connection(settings, timeout)));
    BlockingKms service =
        settings.flag("create", false) ? new PreparedKms(kms, () -> kms.createIfMissing(kek)) : kms;
    return new ThreadedKms(settings.name(), service, threads, timeout);
  }

  private static KmipConnection connection(KmsSettings settings, Duration timeout) {
    Matcher address = ADDRESS.matcher(settings.required("address"));
    int port = address.matches() ? Integer.parseInt(address.group(2)) : 0;
    if (port < 1 || port > 65_535) {
      throw settings.problem("address", "must be host:port, such as kmip.example.org:5696");
    }
    return new KmipConnection(
        address.group(1),
        port,
        ClientTls.of(settings, "ca", "certificate", "key"),
        Math.toIntExact(timeout.toMillis()));
  }
}
