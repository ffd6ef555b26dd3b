package dev.phial.gateway.policy;

import dev.phial.crypto.deid.AgeCap;
import dev.phial.crypto.deid.BirthYear;
import dev.phial.crypto.deid.DateCoarsening;
import dev.phial.crypto.deid.Generalizer;
import dev.phial.crypto.deid.NumberSteps;
import dev.phial.crypto.deid.Over89;
import dev.phial.crypto.deid.Zip3;
import dev.phial.crypto.deid.ZipAreas;
import dev.phial.gateway.yaml.YamlFields;
import dev.phial.gateway.yaml.YamlNode;
import java.util.Map;
import java.util.Optional;

/** The rules that make values coarser, by the names that policies give them. */
final class Generalizers {
  private static final int LARGEST_STEP = 1_000_000;
  private static final String ROUND = "round";

  /** Rules and the defaults of their settings. */
  private static final Map<String, Generalizer> RULES = Map.of(
      "year",
      DateCoarsening.YEAR,
      "quarter",
      DateCoarsening.QUARTER,
      "month",
      DateCoarsening.MONTH,
      "year-90",
      new BirthYear(Over89.MARKER),
      "age-90",
      new AgeCap(Over89.MARKER),
      "zip3-safe-harbor",
      new Zip3(ZipAreas.census2000()),
      ROUND,
      new NumberSteps(1));

  private Generalizers() {}

  /** What the rules can be told. */
  record Settings(Optional<YamlNode> over89, Optional<YamlNode> to, Optional<YamlNode> areas) {

    /** The rule that {@code name} names, told so. */
    Optional<Generalizer> rule(YamlNode name) {
      return name.parse(Words.oneOf("rule", RULES)).flatMap(this::told);
    }

    private Optional<Generalizer> told(Generalizer rule) {
      boolean capped = rule instanceof BirthYear || rule instanceof AgeCap;
      boolean rounded = rule instanceof NumberSteps;
      over89.filter(node -> !capped).ifPresent(node -> node.refuse("is for year-90 and age-90"));
      to.filter(node -> !rounded).ifPresent(node -> node.refuse("is for round"));
      areas
          .filter(node -> !(rule instanceof Zip3))
          .ifPresent(node -> node.refuse("is for zip3-safe-harbor"));
      if (capped) {
        return category()
            .map(over -> rule instanceof BirthYear ? new BirthYear(over) : new AgeCap(over));
      }
      if (rule instanceof Zip3 zip) {
        return areas.map(ZipAreasReader::read).orElse(Optional.of(zip.areas())).map(Zip3::new);
      }
      return rounded ? step() : Optional.of(rule);
    }

    private Optional<Over89> category() {
      return over89
          .map(node -> node.parse(Words.oneOf("category", Words.lowerCase(Over89.class))))
          .orElse(Optional.of(Over89.MARKER));
    }

    private Optional<Generalizer> step() {
      return to.map(node -> node.integer(1, LARGEST_STEP))
          .orElse(Optional.of(1))
          .map(NumberSteps::new);
    }
  }

  static Settings settings(YamlFields fields) {
    return new Settings(
        fields.optional("over_89"), fields.optional("to"), fields.optional("areas"));
  }

  /** A rule as it is without settings. */
  static Generalizer named(String name) {
    return Words.oneOf("rule", RULES).apply(name);
  }
}
