package dev.phial.kms.gcp;

import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.KmsException;
import dev.phial.kms.KmsUnavailableException;
import dev.phial.kms.rest.AccessTokens;
import dev.phial.kms.rest.Answer;
import java.time.Duration;

/** Whom we are for Google. */
interface GcpAccount {

  /** Gets an access token now. */
  AccessTokens.Token token();

  /** The token of an answer of Google's issuers. */
  static AccessTokens.Token of(String name, Answer answer) {
    String token = answer.json().text("access_token");
    String seconds = answer.json().text("expires_in");
    if (answer.ok() && !token.isEmpty() && seconds.matches("[0-9]{1,7}")) {
      return new AccessTokens.Token(token, Duration.ofSeconds(Long.parseLong(seconds)));
    }
    throw refused(name, answer.status());
  }

  private static KmsException refused(String name, int status) {
    return status >= 500 || status == 429 || status == 200
        ? KmsUnavailableException.passing(
            "kms '" + name + "': Google gives no access token (status " + status + ")")
        : new AccessDeniedException(
            "kms '" + name + "': Google refuses the service account (status " + status
                + "); look at its key, and at the clock");
  }
}
