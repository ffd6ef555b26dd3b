package dev.phial.gateway.store;

/** Where a job is in its life. The names are written to the database and stay as they are. */
public enum JobState {
  /** To be worked on, by whichever gateway takes it. */
  RUNNING,
  /** Every item was done. */
  SUCCEEDED,
  /** Every item was looked at, and some could not be done. */
  INCOMPLETE,
  /** Somebody ended it. */
  CANCELLED
}
