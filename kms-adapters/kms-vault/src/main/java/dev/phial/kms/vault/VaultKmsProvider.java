package dev.phial.kms.vault;

import dev.phial.kms.Kms;
import dev.phial.kms.KmsProvider;
import dev.phial.kms.KmsSettings;
import dev.phial.kms.ThreadedKms;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/**
 * Opens {@code type: vault}. A KEK is named as the transit engine names its key. Settings:
 *
 * <ul>
 *   <li>{@code address}: of the server.
 *   <li>{@code mount}: of the transit engine; {@code transit} when not given. {@code namespace}: none when not given.
 *   <li>{@code ca}: PEM, who signs the server's certificate; the JDK's list when not given.
 *   <li>{@code auth.method}: {@code token}, {@code approle}, {@code kubernetes} or {@code cert}; {@code auth.mount}: where
 *       the method is mounted, its name when not given.
 *   <li>{@code token}: {@code auth.token.file} or {@code auth.token.env}.
 *   <li>{@code approle}: {@code auth.role_id}, and {@code auth.secret_id.file} or {@code auth.secret_id.env}.
 *   <li>{@code kubernetes}: {@code auth.role}, and {@code auth.jwt_file} where the service account's token is elsewhere.
 *   <li>{@code cert}: {@code auth.certificate} and {@code auth.key}, PEM.
 *   <li>{@code timeout}: for one operation; 5s. {@code threads}: operations at the same time; 8.
 * </ul>
 */
public final class VaultKmsProvider implements KmsProvider {
  private static final Set<String> SETTINGS = Set.of(
      "address",
      "mount",
      "namespace",
      "ca",
      "auth.method",
      "auth.mount",
      "auth.token.file",
      "auth.token.env",
      "auth.role_id",
      "auth.secret_id.file",
      "auth.secret_id.env",
      "auth.role",
      "auth.jwt_file",
      "auth.certificate",
      "auth.key",
      "timeout",
      "threads");

  @Override
  public String type() {
    return "vault";
  }

  @Override
  public Kms open(KmsSettings settings) {
    return open(settings, InstantSource.system());
  }

  static Kms open(KmsSettings settings, InstantSource clock) {
    settings.allowOnly(SETTINGS);
    Duration timeout = settings.duration("timeout", Duration.ofSeconds(5), Duration.ofMinutes(1));
    int threads = settings.number("threads", 8, 1, 256);
    String mount = settings.text("mount", "transit");
    if (!mount.matches(VaultLogin.MOUNT)) {
      throw settings.problem("mount", "is not the path of an engine, such as transit");
    }
    VaultLogin login = VaultLogin.of(settings);
    login.check();
    VaultServer server = VaultServer.of(settings, timeout);
    VaultSession session = new VaultSession(settings.name(), server, login, clock);
    session.begin();
    return new ThreadedKms(
        settings.name(), new VaultKms(settings.name(), session, mount), threads, timeout);
  }
}
