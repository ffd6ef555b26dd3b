package dev.phial.kms.pkcs11;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The label of a KEK version in the token: {@code phial}, and after rotations {@code phial#2}, {@code phial#3}.
 *
 * @param name the KEK's name
 * @param number 1 or more
 */
record KekLabel(String name, int number) {
  static final String NAME = "[A-Za-z0-9._-]{1,64}";
  static final Comparator<KekLabel> BY_NUMBER = Comparator.comparingInt(KekLabel::number);
  private static final Pattern FORM = Pattern.compile("([^#]+)(?:#([2-9]|[1-9][0-9]{1,5}))?");

  /** Empty when the label is not one of a KEK. */
  static Optional<KekLabel> parse(String label) {
    Matcher matcher = FORM.matcher(label);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String number = matcher.group(2);
    return Optional.of(
        new KekLabel(matcher.group(1), number == null ? 1 : Integer.parseInt(number)));
  }

  @Override
  public String toString() {
    return number == 1 ? name : name + "#" + number;
  }
}
