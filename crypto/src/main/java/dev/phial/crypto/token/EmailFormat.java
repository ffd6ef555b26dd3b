package dev.phial.crypto.token;

import dev.phial.crypto.token.layout.Misfit;
import dev.phial.crypto.token.layout.Reading;
import dev.phial.crypto.token.layout.Written;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Mail addresses in ASCII (RFC 5321, without quoted local parts and address literals). The local part changes; the domain stays,
 * or changes on its own up to its last label, so that equal domains stay equal.
 */
final class EmailFormat extends TokenFormat {
  private static final int LONGEST = 254;
  private static final Pattern LOCAL = Pattern.compile(
      "(?=.{1,64}$)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
  private static final Pattern DOMAIN = Pattern.compile(
      "(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]");
  private static final byte[] OF_THE_DOMAIN = {'@'};

  private final boolean hideDomain;

  EmailFormat(boolean hideDomain) {
    super(hideDomain ? "email:hide-domain" : "email");
    this.hideDomain = hideDomain;
  }

  @Override
  public String domain() {
    return "a mail address of at most " + LONGEST + " characters";
  }

  @Override
  public BigInteger domainSize() {
    return MailWord.smallestSize();
  }

  @Override
  Reading read(String value) {
    int at = value.lastIndexOf('@');
    if (value.length() > LONGEST) {
      return Misfit.LENGTH;
    }
    if (at < 0 || !DOMAIN.matcher(value.substring(at + 1)).matches()) {
      return Misfit.DOMAIN;
    }
    if (!LOCAL.matcher(value.substring(0, at)).matches()) {
      return Misfit.LOCAL_PART;
    }
    Written local = MailWord.read(value.substring(0, at));
    return hideDomain ? hidden(value, local, at) : kept(value, local, at);
  }

  private static Written kept(String value, Written local, int at) {
    String rest = value.substring(at);
    byte[] bound = rest.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
    return local.followedBy(rest, bound, null);
  }

  private static Written hidden(String value, Written local, int at) {
    int lastDot = value.lastIndexOf('.');
    Written host = MailWord.read(value.substring(at + 1, lastDot));
    return local.followedBy(
        "@", new byte[0], host.followedBy(value.substring(lastDot), OF_THE_DOMAIN, null));
  }
}
