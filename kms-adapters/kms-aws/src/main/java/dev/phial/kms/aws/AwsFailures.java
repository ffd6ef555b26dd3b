package dev.phial.kms.aws;

import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.InvalidWrappedKeyException;
import dev.phial.kms.KeyNotFoundException;
import dev.phial.kms.KmsException;
import dev.phial.kms.KmsUnavailableException;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** What the SDK throws, in our words. Messages hold AWS's error code and request id, and nothing of the request. */
final class AwsFailures {
  private static final Set<String> INVALID =
      Set.of("InvalidCiphertextException", "IncorrectKeyException");
  private static final Set<String> NOT_FOUND = Set.of("NotFoundException", "InvalidArnException");
  private static final Set<String> PASSING = Set.of(
      "KeyUnavailableException",
      "DependencyTimeoutException",
      "KMSInternalException",
      "LimitExceededException",
      "RequestTimeout",
      "RequestExpired");
  private static final Map<String, String> DENIED = Map.of(
      "AccessDeniedException", "allow it in the key policy or the role",
      "DisabledException", "the KEK is disabled; enable it",
      "KMSInvalidStateException", "the KEK is disabled, about to be deleted, or without material",
      "InvalidKeyUsageException", "the KEK is not a symmetric encryption key; name one that is",
      "ExpiredTokenException", "the credentials have expired; renew them",
      "UnrecognizedClientException", "the credentials are not known to AWS; renew them",
      "InvalidClientTokenId", "the credentials are not known to AWS; renew them",
      "InvalidSignatureException", "the signature is wrong; check credentials and clock",
      "MissingAuthenticationTokenException", "there are no credentials",
      "OptInRequired", "the account may not use AWS KMS in this region");

  private final String name;

  AwsFailures(String name) {
    this.name = name;
  }

  /** Makes a call; {@code key} is what it names. */
  <T> T translating(String key, Supplier<T> call) {
    try {
      return call.get();
    } catch (AwsServiceException e) {
      throw refused(e, key);
    } catch (SdkClientException e) {
      throw unsent(e);
    } catch (SdkException e) {
      throw KmsUnavailableException.passing("kms '" + name + "' did not answer properly", e);
    }
  }

  private KmsException refused(AwsServiceException e, String key) {
    String code =
        e.awsErrorDetails() == null ? "" : String.valueOf(e.awsErrorDetails().errorCode());
    String what = "kms '" + name + "' answered " + code + " for " + key + " (status "
        + e.statusCode() + ", request " + e.requestId() + ")";
    if (INVALID.contains(code)) {
      return new InvalidWrappedKeyException(
          what + ": tampered with, or another tenant's, purpose's or version's", e);
    }
    if (NOT_FOUND.contains(code)) {
      return new KeyNotFoundException(what + ": no such KEK in this account and region", e);
    }
    if (e.isThrottlingException() || e.statusCode() >= 500 || PASSING.contains(code)) {
      return KmsUnavailableException.passing(what, e);
    }
    String remedy = DENIED.get(code);
    return remedy == null
        ? KmsUnavailableException.lasting(what, e)
        : new AccessDeniedException(what + ": " + remedy, e);
  }

  /** The SDK has no type of its own for a chain that ends without credentials. */
  private KmsException unsent(SdkClientException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("Unable to load credentials")) {
      return new AccessDeniedException(
          "kms '" + name + "': the AWS SDK finds no credentials in environment, web identity,"
              + " profile, container or instance",
          e);
    }
    return KmsUnavailableException.passing("kms '" + name + "' cannot be reached", e);
  }
}
