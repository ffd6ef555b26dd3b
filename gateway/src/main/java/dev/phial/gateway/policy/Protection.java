package dev.phial.gateway.policy;

import dev.phial.crypto.deid.Generalizer;
import dev.phial.crypto.index.IndexRule;
import dev.phial.crypto.token.TokenFormat;
import java.time.Duration;
import java.util.Optional;

/** How an element is protected. */
public sealed interface Protection {

  /**
   * Reversible replacement that keeps a format, by FF1.
   *
   * @param format what is accepted and kept
   * @param keyVersion how a token's key version is known (decision record 0005)
   */
  record Tokenize(TokenFormat format, KeyVersionMode keyVersion) implements Protection {}

  /**
   * Reversible replacement by a random token that is remembered.
   *
   * @param format what is accepted and kept; none for opaque tokens, which take any value
   * @param tokens whether a value keeps its token
   * @param ttl how long a token opens; none for ever
   */
  record Vaulted(Optional<TokenFormat> format, TokenUse tokens, Optional<Duration> ttl)
      implements Protection {
    /** What pins of vaulted elements are called; no element has such a name. */
    private static final String PIN = "vault:";

    /** The name under which the key version of an element's digests is pinned. */
    public static String pin(String element) {
      return PIN + element;
    }
  }

  /** Whether the same value has the same vaulted token. */
  enum TokenUse {
    /** The same value has the same token, so joins and equality work. */
    CONSISTENT,
    /** Each use of a value has a token of its own. */
    UNIQUE
  }

  /**
   * Authenticated random encryption.
   *
   * @param form how the ciphertext is written
   * @param index how the keyed digest for equality search is made beside it; nothing when there is none
   */
  record Encrypt(SealedForm form, Optional<IndexRule> index) implements Protection {

    /** With an index of values as they are, or none. */
    public Encrypt(SealedForm form, boolean indexed) {
      this(form, indexed ? Optional.of(IndexRule.EXACT) : Optional.empty());
    }
  }

  /**
   * Dates moved, for good, by a secret amount that is the same for all dates of one person.
   *
   * @param days by how many days at most, in either direction
   * @param group elements of one group move alike, so that the days between their dates stay
   * @param unfit what becomes of values that are no whole dates
   */
  record Shift(int days, String group, Unfit unfit) implements Protection {
    /** What pins of groups are called; no element has such a name. */
    private static final String PIN = "shift:";

    /** The name under which the group's key version is pinned. */
    public String pin() {
      return PIN + group;
    }
  }

  /**
   * Made coarser, for good.
   *
   * @param rule how
   * @param unfit what becomes of values that the rule does not take
   */
  record Generalize(Generalizer rule, Unfit unfit) implements Protection {}

  /** Partly hidden, for good. */
  record Masked(Mask mask) implements Protection {}

  /** Replaced, for good, by a keyed pseudonym: the same for the same value, whatever the key is rotated to. */
  record Hash() implements Protection {
    /** What pins of hashed elements are called; no element has such a name. */
    private static final String PIN = "hash:";

    /** The name under which the key version of an element's hashes is pinned. */
    public static String pin(String element) {
      return PIN + element;
    }
  }

  /** Removed for good: nothing is stored, nothing can be revealed. */
  record Redact() implements Protection {}

  /** How the key version of a token is known. */
  enum KeyVersionMode {
    /** All tokens of the element stay on one version until a retokenize job has finished. */
    PINNED,
    /** The token's own text carries it, with redundancy that detects a wrong key. */
    MARKED,
    /** The caller keeps it beside the token and gives it back. */
    BESIDE
  }

  /** How a ciphertext is written. */
  enum SealedForm {
    /** {@code phial:v1:} and base64url: for text fields. */
    TEXT,
    /** Standard base64 with padding, for fields that must hold base64. */
    BASE64
  }

  /** What becomes of a value that a rule does not take. */
  enum Unfit {
    /** It is refused, and with it the message. */
    REFUSE,
    /** It is removed. */
    REDACT
  }
}
