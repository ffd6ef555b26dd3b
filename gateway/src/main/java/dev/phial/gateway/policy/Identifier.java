package dev.phial.gateway.policy;

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
  OTHER
}
