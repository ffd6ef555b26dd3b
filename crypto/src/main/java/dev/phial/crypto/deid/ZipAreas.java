package dev.phial.crypto.deid;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The three-digit ZIP areas of one census, dated: HHS wants the newest public figures, so the list is data and not code.
 *
 * @param census when people were counted, {@code YYYY-MM-DD}
 * @param source where the figures are from
 * @param listed the areas that the file names
 * @param listedAreShown whether the file names the areas that may be shown (it had figures), or those that may not
 */
public record ZipAreas(String census, String source, Set<String> listed, boolean listedAreShown) {
  /** An area is shown when more people than this live in it. */
  public static final int FEW = 20_000;

  private static final String CENSUS_2000 = "zip3-census-2000.txt";

  public ZipAreas {
    listed = Collections.unmodifiableSet(new TreeSet<>(listed));
  }

  /** The list of the 2000 census. */
  public static ZipAreas census2000() {
    try (InputStream in =
        Objects.requireNonNull(ZipAreas.class.getResourceAsStream(CENSUS_2000), CENSUS_2000)) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a file of areas; docs/policy.md describes the form.
   *
   * @throws IllegalArgumentException when it is not of this form, naming the line
   */
  public static ZipAreas parse(String text) {
    return new ZipAreasFile(text).read();
  }

  /** Whether the three digits may be shown. */
  boolean mayBeShown(String area) {
    return listed.contains(area) == listedAreShown;
  }

  @Override
  public String toString() {
    return "ZipAreas[census " + census + "]";
  }
}
