package dev.phial.gateway.transform;

import dev.phial.gateway.transform.TransformException.Reason;

/**
 * A selected value in its body.
 *
 * @param tree the body
 * @param rules the route's rules
 * @param node the value
 * @param rule the rule that counts for it
 */
record Spot(JsonTree tree, BodyRules rules, int node, Rule rule) {

  String place() {
    return Place.of(tree, node, rules.names());
  }

  TransformException refused(Reason reason, String why) {
    return new TransformException(reason, rule.label() + " at " + place() + ": " + why);
  }
}
