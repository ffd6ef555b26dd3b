package dev.phial.gateway.policy;

import dev.phial.gateway.yaml.Suggestion;
import java.util.Set;

/** The codes of HL7's value set v3-PurposeOfUse, its abstract root left out. */
final class PurposeCodes {
  private static final Set<String> CODES = Set.of(
      // treatment
      "TREAT",
      "CLINTRL",
      "COC",
      "ETREAT",
      "BTG",
      "ERTREAT",
      "POPHLTH",
      "CAREMGT",
      // payment
      "HPAYMT",
      "CLMATTCH",
      "COVAUTH",
      "COVERAGE",
      "ELIGDTRM",
      "ELIGVER",
      "ENROLLM",
      "MILDCRG",
      "REMITADV",
      // operations
      "HOPERAT",
      "DONAT",
      "FRAUD",
      "GOV",
      "HACCRED",
      "HCOMPL",
      "HDECD",
      "HDIRECT",
      "HDM",
      "HLEGAL",
      "HOUTCOMS",
      "HPRGRP",
      "HQUALIMP",
      "HSYSADMIN",
      "LABELING",
      "METAMGT",
      "MEMADMIN",
      "MILCDM",
      "PATADMIN",
      "PATSFTY",
      "PERFMSR",
      "RECORDMGT",
      "SYSDEV",
      "HTEST",
      "TRAIN",
      "HMARKT",
      // research
      "HRESCH",
      "BIORCH",
      "CLINTRCH",
      "CLINTRCHNPC",
      "CLINTRCHPC",
      "PRECLINTRCH",
      "DSRCH",
      "POARCH",
      "TRANSRCH",
      // at the patient's request, public health
      "PATRQT",
      "FAMRQT",
      "PWATRNY",
      "SUPNWK",
      "PUBHLTH",
      "DISASTER",
      "THREAT");

  private PurposeCodes() {}

  static String check(String code) {
    if (!CODES.contains(code)) {
      throw new IllegalArgumentException(Suggestion.unknown("HL7 PurposeOfUse code", code, CODES)
          + "; the usual ones are TREAT, ETREAT, HPAYMT, HOPERAT, PATRQT, PUBHLTH and HRESCH");
    }
    return code;
  }
}
