package dev.phial.masking;

import java.util.Locale;

/** The 18 kinds of identifier that 45 CFR 164.514(b)(2)(i) lists, (A) to (R). */
public enum Identifier {
  NAME,
  GEO,
  DATE,
  PHONE,
  FAX,
  EMAIL,
  SSN,
  MRN,
  HEALTH_PLAN,
  ACCOUNT,
  LICENSE,
  VEHICLE,
  DEVICE,
  URL,
  IP,
  BIOMETRIC,
  PHOTO,
  OTHER;

  /** The name of the element that stands for this kind when a policy names none: {@code health_plan}. */
  public String element() {
    return name().toLowerCase(Locale.ROOT);
  }
}
