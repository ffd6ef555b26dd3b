package dev.phial.gateway.policy;

import dev.phial.gateway.yaml.Suggestion;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words of the policy language that stand for the constants of an enum. */
final class Words {
  private Words() {}

  /** The constants in lower case, {@code _} as {@code -}. */
  static <E extends Enum<E>> Map<String, E> lowerCase(Class<E> type) {
    return Stream.of(type.getEnumConstants())
        .collect(Collectors.toMap(
            constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'),
            Function.identity()));
  }

  /** The constants as they are written in Java. */
  static <E extends Enum<E>> Map<String, E> upperCase(Class<E> type) {
    return Stream.of(type.getEnumConstants())
        .collect(Collectors.toMap(Enum::name, Function.identity()));
  }

  /** Reads one of {@code words}. */
  static <T> Function<String, T> oneOf(String kind, Map<String, T> words) {
    return text -> {
      T found = words.get(text);
      if (found == null) {
        throw new IllegalArgumentException(Suggestion.unknown(kind, text, words.keySet()));
      }
      return found;
    };
  }
}
