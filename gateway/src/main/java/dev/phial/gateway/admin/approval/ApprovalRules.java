package dev.phial.gateway.admin.approval;

import java.time.Duration;

/**
 * How many persons a dangerous operation takes.
 *
 * @param persons 2, or 1 where one is enough
 * @param validFor for how long a proposal can be approved
 */
public record ApprovalRules(int persons, Duration validFor) {
  public ApprovalRules {
    if (persons < 1 || persons > 2 || validFor.isNegative() || validFor.isZero()) {
      throw new IllegalArgumentException(
          "an operation takes 1 or 2 persons, and a time to approve");
    }
  }

  boolean oneIsEnough() {
    return persons == 1;
  }
}
