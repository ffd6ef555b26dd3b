package dev.phial.gateway.engine;

import java.util.List;

/** What became of one item. */
public sealed interface Outcome {

  /**
   * A protected value.
   *
   * @param text the token or the ciphertext, safe to store
   * @param keyVersion the version of the key that made it
   * @param index the keyed digest for equality search, empty when the element has none
   * @param unchanged whether the input was already such a value (authentic, of this tenant and element) and came back as it was
   */
  record Protected(String text, int keyVersion, String index, boolean unchanged)
      implements Outcome {}

  /**
   * A revealed value, in the form that the policy grants.
   *
   * @param value plaintext, masked text, or the token itself
   * @param form which of the three it is
   */
  record Revealed(PlainValue value, RevealForm form) implements Outcome {}

  /**
   * The digests by which equal values are found.
   *
   * @param digests one for each usable key version, that of new values first; none when the index ignores all of the value
   * @param keyVersion the version of the first, 0 when there is none
   */
  record Indexed(List<String> digests, int keyVersion) implements Outcome {
    public Indexed {
      digests = List.copyOf(digests);
    }
  }

  /**
   * Nothing of the value comes out: the caller may not see the element in any form, or its rule removes what it is given.
   */
  record Withheld() implements Outcome {}

  /**
   * The item was refused.
   *
   * @param code why, for machines
   * @param message why and what to do, naming the element or rule, never the value
   */
  record Refused(RefusalCode code, String message) implements Outcome {}

  /** The form in which a value is revealed. */
  enum RevealForm {
    PLAINTEXT,
    MASKED,
    TOKEN,
    /** The stored value was not a protected one and the caller may see plaintext: it comes back as it was. */
    UNPROTECTED
  }
}
