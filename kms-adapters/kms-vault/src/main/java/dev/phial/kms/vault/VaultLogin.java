package dev.phial.kms.vault;

import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.KmsSettings;
import dev.phial.kms.SecretSource;
import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.response.AuthResponse;
import io.github.jopenlibs.vault.response.LookupResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;

/** How a token is got. */
sealed interface VaultLogin {
  String MOUNT = "[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*";

  /** Gets a token now. */
  VaultLease login(VaultServer server, Instant now) throws VaultException;

  /**
   * Checks without Vault that there is something to log in with.
   *
   * @throws AccessDeniedException when it cannot be read
   */
  default void check() {}

  /** Whether it can be got again when it has ended. */
  default boolean repeatable() {
    return true;
  }

  /** A token that somebody made for us. */
  record Token(SecretSource source) implements VaultLogin {
    @Override
    public VaultLease login(VaultServer server, Instant now) throws VaultException {
      char[] secret = source.read();
      String token = new String(secret);
      Arrays.fill(secret, '\0');
      LookupResponse found = server.client(token).auth().lookupSelf();
      return VaultLease.of(server, token, found.getTTL(), found.isRenewable(), now);
    }

    @Override
    public void check() {
      Arrays.fill(source.read(), '\0');
    }

    @Override
    public boolean repeatable() {
      return source instanceof SecretSource.File;
    }
  }

  /** A role of this machine or program. */
  record AppRole(String mount, String roleId, SecretSource secretId) implements VaultLogin {
    @Override
    public VaultLease login(VaultServer server, Instant now) throws VaultException {
      char[] secret = secretId.read();
      AuthResponse response =
          server.anonymous().auth().loginByAppRole(mount, roleId, new String(secret));
      Arrays.fill(secret, '\0');
      return VaultLease.of(server, response, now);
    }

    @Override
    public void check() {
      Arrays.fill(secretId.read(), '\0');
    }
  }

  /** The pod's service account. Its token is read each time, because Kubernetes replaces it. */
  record Kubernetes(String mount, String role, Path jwt) implements VaultLogin {
    @Override
    public VaultLease login(VaultServer server, Instant now) throws VaultException {
      return VaultLease.of(server, server.anonymous().auth().loginByJwt(mount, role, token()), now);
    }

    @Override
    public void check() {
      String unused = token();
    }

    private String token() {
      try {
        return Files.readString(jwt, StandardCharsets.US_ASCII).strip();
      } catch (IOException e) {
        throw new AccessDeniedException(
            "the service account's token cannot be read from " + jwt + "; see auth.jwt_file", e);
      }
    }
  }

  /** The certificate that the connection shows. */
  record Certificate(String mount) implements VaultLogin {
    @Override
    public VaultLease login(VaultServer server, Instant now) throws VaultException {
      return VaultLease.of(server, server.anonymous().auth().loginByCert(mount), now);
    }
  }

  static VaultLogin of(KmsSettings settings) {
    String method = settings.required("auth.method");
    String mount = settings.text("auth.mount", method);
    if (!mount.matches(MOUNT)) {
      throw settings.problem("auth.mount", "is not the path of an auth method, such as approle");
    }
    return switch (method) {
      case "token" -> new Token(settings.secret("auth.token"));
      case "approle" ->
        new AppRole(mount, settings.required("auth.role_id"), settings.secret("auth.secret_id"));
      case "kubernetes" ->
        new Kubernetes(
            mount,
            settings.required("auth.role"),
            settings.path("auth.jwt_file", "/var/run/secrets/kubernetes.io/serviceaccount/token"));
      case "cert" -> {
        settings.required("auth.certificate");
        yield new Certificate(mount);
      }
      default ->
        throw settings.problem("auth.method", "must be token, approle, kubernetes or cert");
    };
  }
}
