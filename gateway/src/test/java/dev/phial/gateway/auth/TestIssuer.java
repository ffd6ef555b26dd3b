package dev.phial.gateway.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.phial.crypto.fips.FipsModule;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An identity provider for tests: signs whatever it is told to. */
final class TestIssuer {
  static final String ISSUER = "https://idp.example";
  static final String AUDIENCE = "phial";
  static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final Provider PROVIDER = FipsModule.start().provider();

  private final JWK key;

  private TestIssuer(JWK key) {
    this.key = key;
  }

  static TestIssuer ec(Curve curve, String id) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", PROVIDER);
      generator.initialize(new ECGenParameterSpec(curve.getName()));
      KeyPair pair = generator.generateKeyPair();
      return new TestIssuer(new ECKey.Builder(curve, (ECPublicKey) pair.getPublic())
          .privateKey((ECPrivateKey) pair.getPrivate())
          .keyID(id)
          .build());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static TestIssuer rsa(String id) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", PROVIDER);
      generator.initialize(2048);
      KeyPair pair = generator.generateKeyPair();
      return new TestIssuer(new RSAKey.Builder((RSAPublicKey) pair.getPublic())
          .privateKey(pair.getPrivate())
          .keyID(id)
          .build());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  JWK publicKey() {
    return key.toPublicJWK();
  }

  JWK privateKey() {
    return key;
  }

  String jwks() {
    return new JWKSet(List.of(publicKey())).toString();
  }

  JwtTrust trust() {
    VerificationKeys keys = VerificationKeys.of(List.of(publicKey()), PROVIDER);
    return new JwtTrust(ISSUER, AUDIENCE, () -> keys);
  }

  /** Claims of a good token; change them at will. */
  static Map<String, Object> claims() {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", ISSUER);
    claims.put("aud", List.of(AUDIENCE, "another"));
    claims.put("sub", "dr-achterberg");
    claims.put("tenant", "north");
    claims.put("roles", List.of("clinician"));
    claims.put("purposes", List.of("TREAT"));
    claims.put("iat", NOW.getEpochSecond());
    claims.put("exp", NOW.getEpochSecond() + 600);
    return claims;
  }

  static Map<String, Object> with(String claim, Object value) {
    Map<String, Object> claims = claims();
    claims.put(claim, value);
    return claims;
  }

  static Map<String, Object> without(String claim) {
    Map<String, Object> claims = claims();
    claims.remove(claim);
    return claims;
  }

  JWSHeader.Builder header(JWSAlgorithm algorithm) {
    return new JWSHeader.Builder(algorithm).keyID(key.getKeyID());
  }

  String sign(Map<String, Object> claims) {
    return sign(header(JWSAlgorithm.ES256).build(), new Payload(claims));
  }

  String sign(JWSHeader header, Payload payload) {
    try {
      JWSSigner signer = key instanceof ECKey ec
          ? new ECDSASigner(ec.toECPrivateKey(PROVIDER), ec.getCurve())
          : new RSASSASigner(key.toRSAKey().toPrivateKey());
      signer.getJCAContext().setProvider(PROVIDER);
      JWSObject object = new JWSObject(header, payload);
      object.sign(signer);
      return object.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
