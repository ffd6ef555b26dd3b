package dev.phial.gateway.store;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Where vaulted tokens outlive the process. The promises of {@link KeysetStore} hold here too. In all of a tenant's tokens of
 * an element each token is there once, for ever, and each digest at most once.
 *
 * <p>Thread-safe. No method blocks; stages complete on a thread that may be used for short work. They fail with a {@link
 * StoreException} and nothing else. A list goes to the database and back in one round trip.
 */
public interface TokenStore {

  /** Those of the tokens that there are, in no order, deleted ones too. */
  CompletionStage<List<StoredToken>> byToken(String tenant, String element, List<String> tokens);

  /** The tokens that have one of these digests, in no order. */
  CompletionStage<List<StoredToken>> byDigest(String tenant, String element, List<String> digests);

  /**
   * Adds tokens of one tenant and element, each unless its token or its digest is taken.
   *
   * @param now tokens that have expired by then give up their digests first
   * @return for each, in order, whether it was added
   */
  CompletionStage<List<Boolean>> insert(List<StoredToken> tokens, Instant now);

  /**
   * Seals values anew: each replaces {@code sealed} and {@code keyVersion} of the token where it still has the old seal.
   *
   * @return for each, in order, whether it did
   */
  CompletionStage<List<Boolean>> reseal(List<Resealed> tokens);

  /**
   * Brings tokens that are not deleted into another state; into {@link TokenState#DELETED} for good: the sealed value and the
   * digest are removed.
   *
   * @return those of the tokens that there are, as they are now
   */
  CompletionStage<List<StoredToken>> change(
      String tenant, String element, List<String> tokens, TokenState state);

  /** How many of a tenant's tokens that are not deleted hang on which key version, by element and version. */
  CompletionStage<List<TokenCount>> count(String tenant);

  /**
   * Deletes the tokens that have expired, of all tenants.
   *
   * @return how many
   */
  CompletionStage<Integer> deleteExpired(Instant now);

  /**
   * A token and its next seal.
   *
   * @param token as it was read
   * @param sealed the same value, sealed again
   * @param keyVersion under which version
   */
  record Resealed(StoredToken token, String sealed, int keyVersion) {}

  /**
   * Tokens that hang on a key version.
   *
   * @param element of which data element
   * @param keyVersion of the tenant's ENCRYPT keyset
   * @param tokens how many
   */
  record TokenCount(String element, int keyVersion, long tokens) {}
}
