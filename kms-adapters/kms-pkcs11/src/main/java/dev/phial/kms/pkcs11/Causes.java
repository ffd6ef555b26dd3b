package dev.phial.kms.pkcs11;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the module's own word, such as {@code CKR_DEVICE_REMOVED}, in what the JDK throws. */
final class Causes {
  private static final Pattern CODE = Pattern.compile("CKR_[A-Z0-9_]+|0x[0-9a-fA-F]{8}");

  private Causes() {}

  static String code(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      Matcher matcher = CODE.matcher(String.valueOf(cause.getMessage()));
      if (matcher.find()) {
        return matcher.group();
      }
    }
    return thrown.getClass().getSimpleName();
  }
}
