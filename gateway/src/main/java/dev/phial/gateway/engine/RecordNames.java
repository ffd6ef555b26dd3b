package dev.phial.gateway.engine;

import java.util.regex.Pattern;

/** Names of records: as those of elements, so that no value can be taken for one. */
final class RecordNames {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  private RecordNames() {}

  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }
}
