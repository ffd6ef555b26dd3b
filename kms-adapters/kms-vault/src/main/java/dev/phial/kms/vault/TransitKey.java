package dev.phial.kms.vault;

import dev.phial.kms.KekRef;
import dev.phial.kms.KekVersion;
import io.github.jopenlibs.vault.json.JsonObject;
import io.github.jopenlibs.vault.json.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key of the transit engine, as Vault tells of it.
 *
 * @param type such as {@code aes256-gcm96}
 * @param derived whether the context goes into the key, and not into the associated data
 * @param convergent whether equal plaintexts give equal ciphertexts
 * @param encrypts whether it can encrypt
 * @param latest the newest version
 * @param versions when each version was made, by its number
 */
record TransitKey(
    String type,
    boolean derived,
    boolean convergent,
    boolean encrypts,
    int latest,
    JsonObject versions) {

  static TransitKey of(JsonObject facts) {
    JsonValue versions = facts.get("keys");
    return new TransitKey(
        facts.getString("type", ""),
        facts.getBoolean("derived", false),
        facts.getBoolean("convergent_encryption", false),
        facts.getBoolean("supports_encryption", false),
        facts.getInt("latest_version", 0),
        versions instanceof JsonObject object ? object : new JsonObject());
  }

  /** Whether wrapping with it keeps what the SPI promises. */
  boolean fit() {
    return encrypts && !convergent && (type.endsWith("-gcm96") || type.startsWith("chacha20"));
  }

  /**
   * The version's permanent id, {@code 3@1764201600}: number and time of making, so that a key that was deleted and made
   * again under its name is not taken for the first one.
   */
  KekVersion version(KekRef kek, int number) {
    return new KekVersion(kek, number + "@" + made(number));
  }

  /** Whether there is this version, made at this time. Versions below the minimum are not told, and not denied. */
  boolean has(Id id) {
    return versions.get(Integer.toString(id.number())) == null
        ? id.number() <= latest
        : made(id.number()).equals(id.made());
  }

  private String made(int number) {
    JsonValue made = versions.get(Integer.toString(number));
    return made == null ? "" : made.toString();
  }

  /** What {@link #version} wrote. */
  record Id(int number, String made) {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})@([0-9]{0,20})");

    /** Number 0 when it is not one of ours. */
    static Id parse(String id) {
      Matcher matcher = FORM.matcher(id);
      return matcher.matches()
          ? new Id(Integer.parseInt(matcher.group(1)), matcher.group(2))
          : new Id(0, "");
    }
  }
}
