package dev.phial.gateway.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.text.ParseException;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A signing key: a private JWK (RFC 7517) in a file that only its owner can read. */
final class SigningKeyFile {
  private static final Logger LOG = LoggerFactory.getLogger(SigningKeyFile.class);
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final Path file;
  private final SigningKey.Use use;

  SigningKeyFile(Path file, SigningKey.Use use) {
    this.file = file;
    this.use = use;
  }

  ECKey readOrCreate(Provider provider) {
    if (!Files.exists(file)) {
      create(provider);
    }
    return read();
  }

  ECKey read() {
    try {
      requireOwnerOnly();
      ECKey key = ECKey.parse(Files.readString(file, StandardCharsets.UTF_8));
      if (!key.isPrivate() || !Curve.P_256.equals(key.getCurve())) {
        throw problem("holds no private P-256 key");
      }
      return key.getKeyID() == null
          ? new ECKey.Builder(key).keyIDFromThumbprint().build()
          : key;
    } catch (NoSuchFileException e) {
      throw problem(
          "there is no such file; a gateway makes it when it starts, unless 'create' is false");
    } catch (IOException e) {
      throw problem("cannot be read by this user");
    } catch (ParseException | JOSEException e) {
      // Without the cause: its message may quote the key.
      throw problem("is not a JSON Web Key");
    }
  }

  private void requireOwnerOnly() throws IOException {
    Set<PosixFilePermission> others = new HashSet<>(Files.getPosixFilePermissions(file));
    others.removeAll(OWNER_ONLY);
    if (!others.isEmpty()) {
      throw problem("can be used by others than its owner; chmod 600 it, and if others had access, "
          + "remove it and restart the gateway for a new key");
    }
  }

  private void create(Provider provider) {
    try {
      Path directory = file.toAbsolutePath().normalize().getParent();
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path made = Files.createTempFile(
          directory, ".signing", ".new", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      try {
        write(made, generate(provider));
        // A link, unlike a rename, never replaces: whoever comes second takes the first one's key.
        Files.createLink(file, made);
        LOG.warn(
            "{}: a signing key was made in {}. Whoever reads it can {}",
            use.setting(),
            file,
            use.power());
      } finally {
        Files.delete(made);
      }
    } catch (FileAlreadyExistsException e) {
      LOG.debug("{}: another process made {} at the same moment", use.setting(), file);
    } catch (IOException e) {
      throw problem("cannot be made; check that its directory can be written");
    }
  }

  private static void write(Path path, ECKey key) throws IOException {
    byte[] json = key.toJSONString().getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(json);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static ECKey generate(Provider provider) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
      generator.initialize(new ECGenParameterSpec("P-256"));
      KeyPair pair = generator.generateKeyPair();
      return new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic())
          .privateKey((ECPrivateKey) pair.getPrivate())
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .keyIDFromThumbprint()
          .build();
    } catch (GeneralSecurityException | JOSEException | IllegalStateException | AssertionError e) {
      throw new IllegalStateException("the cryptographic module made no P-256 key", e);
    }
  }

  private IllegalArgumentException problem(String what) {
    return new IllegalArgumentException(use.setting() + " file (" + file + "): " + what);
  }
}
