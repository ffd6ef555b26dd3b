package dev.phial.gateway.policy;

import java.util.Map;
import java.util.Set;

/**
 * What a role may do, for calls with one of its purposes.
 *
 * @param name the role's name, as JWTs and certificate mappings give it
 * @param purposes the HL7 PurposeOfUse codes for which the role counts; empty: none, so the role never counts for reveal
 * @param protect elements whose values the role may send in; {@code "*"} for all
 * @param reveal element to form; {@code "*"} for all not named
 * @param administer whether the role may administer keys; such a role may do nothing else
 */
public record Role(
    String name,
    Set<String> purposes,
    Set<String> protect,
    Map<String, Reveal> reveal,
    boolean administer) {
  public static final String ANY = "*";

  public Role {
    purposes = Set.copyOf(purposes);
    protect = Set.copyOf(protect);
    reveal = Map.copyOf(reveal);
  }
}
