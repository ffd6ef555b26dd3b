package dev.phial.crypto.token;

import dev.phial.crypto.token.layout.Kept;
import dev.phial.crypto.token.layout.Layout;
import dev.phial.crypto.token.layout.Misfit;
import dev.phial.crypto.token.layout.Numbers;
import dev.phial.crypto.token.layout.Reading;
import dev.phial.crypto.token.layout.Written;
import java.math.BigInteger;
import java.util.List;

/**
 * US social security numbers that can be issued, with or without their two dashes: no area 000, 666 or from 900 on, no group
 * 00, no serial 0000. Their tokens are such numbers too, or, as {@code us-ssn:invalid}, are told from them by a letter in front.
 */
final class SsnFormat extends TokenFormat {
  private static final Numbers AREA =
      new Numbers(3, area -> area > 0 && area < 900 && area != 666, Misfit.AREA);
  private static final Numbers GROUP = new Numbers(2, group -> group > 0, Misfit.GROUP);
  private static final Numbers SERIAL = new Numbers(4, serial -> serial > 0, Misfit.SERIAL);
  private static final Kept DASH = Kept.literal('-');
  private static final Layout BARE = new Layout(List.of(AREA, GROUP, SERIAL));
  private static final Layout DASHED = new Layout(List.of(AREA, DASH, GROUP, DASH, SERIAL));

  private final boolean lettered;

  SsnFormat(boolean lettered) {
    super(lettered ? "us-ssn:invalid" : "us-ssn");
    this.lettered = lettered;
  }

  @Override
  public String domain() {
    return "a social security number, ddd-dd-dddd or 9 digits";
  }

  @Override
  public BigInteger domainSize() {
    return BARE.space().size();
  }

  @Override
  Reading read(String value) {
    return value.length() == DASHED.length() ? DASHED.read(value) : BARE.read(value);
  }

  @Override
  Reading readToken(String token) {
    return lettered ? LetteredSsn.read(token, BARE, DASHED) : read(token);
  }

  @Override
  String writeToken(Written written) {
    return lettered ? LetteredSsn.write(written) : written.text();
  }
}
