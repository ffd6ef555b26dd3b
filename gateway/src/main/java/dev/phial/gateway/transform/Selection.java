package dev.phial.gateway.transform;

/**
 * A value that a rule selects.
 *
 * @param node the value; for a companion, the member whose name begins with an underscore
 * @param rule by which it was selected
 * @param companion whether it is the FHIR companion of the member that the rule names
 */
record Selection(int node, Rule rule, boolean companion) {}
