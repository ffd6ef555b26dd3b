package dev.phial.gateway.jobs;

import java.util.Locale;

/** What a job does. The names are written to the store and into reports, and stay as they are. */
public enum JobKind {
  /** Data keys under the current version of the key-encryption key that new ones get. */
  REWRAP;

  /** The kind as people and files write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
