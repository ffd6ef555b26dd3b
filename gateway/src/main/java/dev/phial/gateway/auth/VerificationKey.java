package dev.phial.gateway.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.Provider;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One public key and the algorithms it may be used with: decided by the key's own type, curve and {@code alg}, never by a token's
 * header, so that no token can turn a key into one of another kind.
 */
record VerificationKey(@Nullable String id, Set<JWSAlgorithm> algorithms, JWSVerifier verifier) {
  private static final Map<Curve, JWSAlgorithm> CURVES =
      Map.of(Curve.P_256, JWSAlgorithm.ES256, Curve.P_384, JWSAlgorithm.ES384);
  private static final Set<JWSAlgorithm> RSA = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256);
  private static final int MIN_RSA_BITS = 2048;

  /**
   * The key, or empty when it is of no use here: for encryption, or of a kind, curve, size or algorithm that is not allowed.
   *
   * @throws JOSEException when the module refuses it
   */
  static Optional<VerificationKey> of(JWK jwk, Provider provider) throws JOSEException {
    Set<JWSAlgorithm> algorithms = algorithms(jwk);
    if (!forSignatures(jwk) || algorithms.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new VerificationKey(jwk.getKeyID(), algorithms, verifier(jwk, provider)));
  }

  private static boolean forSignatures(JWK jwk) {
    boolean use = jwk.getKeyUse() == null || jwk.getKeyUse().equals(KeyUse.SIGNATURE);
    boolean operations =
        jwk.getKeyOperations() == null || jwk.getKeyOperations().contains(KeyOperation.VERIFY);
    return use && operations;
  }

  private static Set<JWSAlgorithm> algorithms(JWK jwk) {
    Set<JWSAlgorithm> possible = possible(jwk);
    if (jwk.getAlgorithm() == null) {
      return possible;
    }
    JWSAlgorithm declared = JWSAlgorithm.parse(jwk.getAlgorithm().getName());
    return possible.contains(declared) ? Set.of(declared) : Set.of();
  }

  private static Set<JWSAlgorithm> possible(JWK jwk) {
    if (jwk instanceof ECKey ec) {
      JWSAlgorithm algorithm = CURVES.get(ec.getCurve());
      return algorithm == null ? Set.of() : Set.of(algorithm);
    }
    return jwk instanceof RSAKey rsa && rsa.size() >= MIN_RSA_BITS ? RSA : Set.of();
  }

  private static JWSVerifier verifier(JWK jwk, Provider provider) throws JOSEException {
    JWSVerifier verifier = jwk instanceof ECKey ec
        ? new ECDSAVerifier(ec.toECPublicKey(provider))
        : new RSASSAVerifier(jwk.toRSAKey());
    verifier.getJCAContext().setProvider(provider);
    return verifier;
  }
}
