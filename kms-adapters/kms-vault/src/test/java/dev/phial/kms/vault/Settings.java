package dev.phial.kms.vault;

import dev.phial.kms.KmsSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Settings of a test, with a token in the environment variable TOKEN. */
final class Settings {
  private Settings() {}

  static KmsSettings of(String address, String token, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(Map.of(
        "address", address, "auth.method", "token", "auth.token.env", "TOKEN", "timeout", "30s"));
    settings.putAll(more);
    settings.values().removeIf(String::isEmpty);
    return new KmsSettings(
        "vault", settings, Path.of(""), variable -> variable.equals("TOKEN") ? token : "");
  }
}
