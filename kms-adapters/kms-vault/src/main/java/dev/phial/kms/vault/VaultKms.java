package dev.phial.kms.vault;

import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.BlockingKms;
import dev.phial.kms.InvalidWrappedKeyException;
import dev.phial.kms.KekDescription;
import dev.phial.kms.KekRef;
import dev.phial.kms.KekVersion;
import dev.phial.kms.KeyNotFoundException;
import dev.phial.kms.KmsUnavailableException;
import dev.phial.kms.WrapContext;
import dev.phial.kms.WrapFrame;
import dev.phial.kms.WrappedKey;
import io.github.jopenlibs.vault.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * KEKs in the transit engine. The wrapped key is Vault's own text, {@code vault:v3:...}, in a frame.
 *
 * <p>The {@link WrapContext} is the associated data of the encryption; of a derived key it is the derivation context. Vault
 * rewraps by itself what a derived key wrapped; its rewrap takes no associated data, so that for other keys the data key
 * passes through here.
 *
 * <p>A wrapping asks for the key first: encrypting with a name that does not exist would create it.
 */
final class VaultKms implements BlockingKms {
  private static final Pattern CIPHERTEXT =
      Pattern.compile("vault:v([1-9][0-9]{0,8}):[A-Za-z0-9+/]+=*");

  private final String name;
  private final VaultSession session;
  private final Transit transit;

  VaultKms(String name, VaultSession session, String mount) {
    this.name = name;
    this.session = session;
    this.transit = new Transit(name, session, mount);
  }

  @Override
  public WrappedKey wrap(KekRef kek, byte[] key, WrapContext context) {
    TransitKey transitKey = fit(kek);
    Map<String, Object> request = bound(transitKey, context);
    request.put("plaintext", Base64.getEncoder().encodeToString(key));
    return wrapped(kek, transitKey, transit.write("encrypt", kek.key(), request));
  }

  @Override
  public byte[] unwrap(WrappedKey wrapped, WrapContext context) {
    String ciphertext = ciphertext(wrapped);
    String key = wrapped.kekVersion().kek().key();
    TransitKey transitKey = transit.key(key);
    check(wrapped.kekVersion(), transitKey);
    Map<String, Object> request = bound(transitKey, context);
    request.put("ciphertext", ciphertext);
    String plaintext = transit.write("decrypt", key, request).getString("plaintext", "");
    try {
      return Base64.getDecoder().decode(plaintext);
    } catch (IllegalArgumentException e) {
      throw KmsUnavailableException.passing("kms '" + name + "': Vault's answer is cut short");
    }
  }

  @Override
  public WrappedKey rewrap(WrappedKey wrapped, KekRef kek, WrapContext context) {
    TransitKey transitKey = fit(kek);
    if (transitKey.derived() && kek.equals(wrapped.kekVersion().kek())) {
      check(wrapped.kekVersion(), transitKey);
      Map<String, Object> request = bound(transitKey, context);
      request.put("ciphertext", ciphertext(wrapped));
      return wrapped(kek, transitKey, transit.write("rewrap", kek.key(), request));
    }
    byte[] key = unwrap(wrapped, context);
    try {
      return wrap(kek, key, context);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  @Override
  public KekDescription describe(KekRef kek) {
    TransitKey key = transit.key(kek.key());
    return new KekDescription(
        key.version(kek, key.latest()),
        "Vault transit " + key.type() + (key.derived() ? ", derived" : ""),
        key.fit());
  }

  @Override
  public void close() {
    session.close();
  }

  private TransitKey fit(KekRef kek) {
    TransitKey key = transit.key(kek.key());
    if (!key.fit()) {
      throw new AccessDeniedException("KEK " + kek + " is a " + key.type()
          + " key that cannot bind a context or wraps equal keys equally; name an AEAD key such as"
          + " aes256-gcm96, not convergent");
    }
    return key;
  }

  private static Map<String, Object> bound(TransitKey key, WrapContext context) {
    Map<String, Object> request = new HashMap<>();
    request.put(
        key.derived() ? "context" : "associated_data",
        Base64.getEncoder().encodeToString(context.encoded()));
    return request;
  }

  /** The answer names the version that was used: a rotation may have come between. */
  private WrappedKey wrapped(KekRef kek, TransitKey known, JsonObject answer) {
    String text = answer.getString("ciphertext", "");
    Matcher ciphertext = CIPHERTEXT.matcher(text);
    if (!ciphertext.matches()) {
      throw KmsUnavailableException.passing("kms '" + name + "': Vault's answer has no ciphertext");
    }
    int number = Integer.parseInt(ciphertext.group(1));
    TransitKey key = number == known.latest() ? known : transit.key(kek.key());
    return WrappedKey.of(
        key.version(kek, number), WrapFrame.around(text.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String ciphertext(WrappedKey wrapped) {
    String text = new String(WrapFrame.open(wrapped), StandardCharsets.ISO_8859_1);
    if (!CIPHERTEXT.matcher(text).matches()) {
      throw new InvalidWrappedKeyException(
          "what " + wrapped.kekVersion() + " is to open is not a ciphertext of Vault");
    }
    return text;
  }

  private void check(KekVersion version, TransitKey key) {
    TransitKey.Id id = TransitKey.Id.parse(version.id());
    if (id.number() == 0 || !key.has(id)) {
      throw new KeyNotFoundException("kms '" + name + "': Vault has no KEK version " + version
          + "; if the key was deleted and made again, restore it from a backup");
    }
  }
}
