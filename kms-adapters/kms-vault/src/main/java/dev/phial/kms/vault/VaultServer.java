package dev.phial.kms.vault;

import dev.phial.kms.ClientTls;
import dev.phial.kms.KmsSettings;
import io.github.jopenlibs.vault.EnvironmentLoader;
import io.github.jopenlibs.vault.Vault;
import io.github.jopenlibs.vault.VaultConfig;
import io.github.jopenlibs.vault.VaultException;
import java.io.Serial;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How the server is reached. One HTTP client for all tokens; the environment's {@code VAULT_...} variables are not looked at,
 * so that a configuration says all there is to say.
 */
final class VaultServer {
  private final String address;
  private final Optional<String> namespace;
  private final HttpClient http;
  private final int seconds;

  private VaultServer(
      String address, Optional<String> namespace, HttpClient http, Duration timeout) {
    this.address = address;
    this.namespace = namespace;
    this.http = http;
    this.seconds = Math.toIntExact(Math.max(1, timeout.plusMillis(999).toSeconds()));
  }

  static VaultServer of(KmsSettings settings, Duration timeout) {
    settings.required("address");
    String address = settings.endpoint("address").orElseThrow().toString();
    SSLContext tls = ClientTls.of(settings, "ca", "auth.certificate", "auth.key");
    HttpClient http = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NORMAL)
        .connectTimeout(timeout)
        .sslContext(tls)
        .sslParameters(ClientTls.parameters(tls))
        .build();
    return new VaultServer(address, settings.text("namespace"), http, timeout);
  }

  /** A client without a token, for logins. */
  Vault anonymous() throws VaultException {
    return client(config());
  }

  Vault client(String token) throws VaultException {
    return client(config().token(token));
  }

  private VaultConfig config() throws VaultException {
    VaultConfig config = new VaultConfig()
        .environmentLoader(new Nothing())
        .address(address)
        .openTimeout(seconds)
        .readTimeout(seconds)
        .httpClient(http);
    return namespace.isPresent() ? config.nameSpace(namespace.get()) : config;
  }

  /** Version 1 of the driver's path rules: paths are sent as they are. */
  private static Vault client(VaultConfig config) throws VaultException {
    return Vault.create(config.build(), 1);
  }

  private static final class Nothing extends EnvironmentLoader {
    @Serial
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable String loadVariable(String name) {
      return null;
    }
  }
}
