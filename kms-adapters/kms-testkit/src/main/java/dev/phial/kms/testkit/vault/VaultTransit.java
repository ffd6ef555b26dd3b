package dev.phial.kms.testkit.vault;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The transit engine: named keys with versions, and what is done with them. */
public final class VaultTransit {
  private static final Pattern CIPHERTEXT = Pattern.compile("vault:v([0-9]+):(.*)");

  private final InstantSource clock;
  private final Map<String, TransitKey> keys = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  VaultTransit(InstantSource clock) {
    this.clock = clock;
  }

  /** Creates a key of a type such as {@code aes256-gcm96}. */
  public void create(String name, String type, boolean derived) {
    TransitKey key = new TransitKey(type, derived);
    key.rotate(material(), clock.instant());
    keys.put(name, key);
  }

  public void delete(String name) {
    keys.remove(name);
  }

  /** Adds a version, which encrypts from now on. */
  public void rotate(String name) {
    key(name).rotate(material(), clock.instant());
  }

  /** Forbids older versions to decrypt. */
  public void minDecryptionVersion(String name, int version) {
    key(name).minDecryption(version);
  }

  /** What reading a key tells; null when there is none. */
  TransitKey find(String name) {
    TransitKey key = keys.get(name);
    if (key == null) {
      throw new VaultRefusal(404, "");
    }
    return key;
  }

  Map<String, Object> encrypt(String name, Fields request) {
    Fields fields = request.only("plaintext", "context", "associated_data", "key_version");
    fields.required("plaintext");
    TransitKey key = key(name);
    int version = key.latest();
    return sealed(version, seal(key, version, fields, fields.bytes("plaintext")));
  }

  Map<String, Object> decrypt(String name, Fields request) {
    Fields fields = request.only("ciphertext", "context", "associated_data");
    byte[] plaintext = open(key(name), fields);
    return Map.of("plaintext", Base64.getEncoder().encodeToString(plaintext));
  }

  /** As published, rewrap takes a context and no associated data. */
  Map<String, Object> rewrap(String name, Fields request) {
    Fields fields = request.only("ciphertext", "context", "key_version");
    TransitKey key = key(name);
    int version = key.latest();
    return sealed(version, seal(key, version, fields, open(key, fields)));
  }

  Map<String, Object> dataKey(String name, boolean plaintext, Fields request) {
    Fields fields = request.only("context", "bits", "associated_data");
    TransitKey key = key(name);
    byte[] data = material();
    Map<String, Object> answer = sealed(key.latest(), seal(key, key.latest(), fields, data));
    if (plaintext) {
      answer = new ConcurrentHashMap<>(answer);
      answer.put("plaintext", Base64.getEncoder().encodeToString(data));
    }
    return answer;
  }

  private static Map<String, Object> sealed(int version, byte[] sealed) {
    return Map.of(
        "ciphertext",
        "vault:v" + version + ":" + Base64.getEncoder().encodeToString(sealed),
        "key_version",
        version);
  }

  private byte[] seal(TransitKey key, int version, Fields fields, byte[] plaintext) {
    byte[] nonce = new byte[TransitKey.NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      return key.seal(version, nonce, fields.bytes("context"), associated(key, fields), plaintext);
    } catch (GeneralSecurityException e) {
      throw new VaultRefusal(500, "internal error");
    }
  }

  private static byte[] open(TransitKey key, Fields fields) {
    Matcher ciphertext = CIPHERTEXT.matcher(fields.required("ciphertext"));
    if (!ciphertext.matches()) {
      throw new VaultRefusal(400, "invalid ciphertext: no prefix");
    }
    int version = Integer.parseInt(ciphertext.group(1));
    if (version > key.latest()) {
      throw new VaultRefusal(400, "invalid ciphertext: version is too new");
    }
    if (version < key.minDecryption()) {
      throw new VaultRefusal(
          400, "ciphertext or signature version is disallowed by policy (too old)");
    }
    try {
      byte[] sealed = Base64.getDecoder().decode(ciphertext.group(2));
      return key.open(version, sealed, fields.bytes("context"), associated(key, fields));
    } catch (IllegalArgumentException e) {
      throw new VaultRefusal(400, "invalid ciphertext: could not decode base64");
    } catch (GeneralSecurityException e) {
      throw new VaultRefusal(400, "cipher: message authentication failed");
    }
  }

  private static byte[] associated(TransitKey key, Fields fields) {
    byte[] data = fields.bytes("associated_data");
    if (data.length > 0 && !key.aead()) {
      throw new VaultRefusal(
          400, "'[0].associated_data' provided for non-AEAD cipher suite " + key.type());
    }
    return data;
  }

  private TransitKey key(String name) {
    TransitKey key = keys.get(name);
    if (key == null) {
      throw new VaultRefusal(400, "encryption key not found");
    }
    return key;
  }

  private byte[] material() {
    byte[] material = new byte[TransitKey.KEY_BYTES];
    random.nextBytes(material);
    return material;
  }
}
