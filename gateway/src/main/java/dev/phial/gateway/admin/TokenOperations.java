package dev.phial.gateway.admin;

import dev.phial.gateway.admin.approval.Asked;
import dev.phial.gateway.identity.Call;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Vaulted tokens, on behalf of a caller: allowed only to roles that administer, and audited before they answer. No operation
 * shows a value. Stages fail with {@link dev.phial.gateway.engine.EngineException}.
 *
 * <p>Operations on tokens answer with those that there are, in the order asked for; one that was never made, or is of another
 * tenant or element, is left out. A change holds in every gateway when it is answered: tokens are looked up each time.
 */
public interface TokenOperations {

  /** The most tokens of one call. */
  int MOST = 1_000;

  /** What there is to say of tokens. */
  CompletionStage<List<TokenView>> describe(Call call, Selection tokens);

  /** Lets tokens open nothing until they are enabled again. */
  CompletionStage<List<TokenView>> disable(Call call, Selection tokens);

  /** Lets disabled tokens open again. */
  CompletionStage<List<TokenView>> enable(Call call, Selection tokens);

  /** Deletes the values behind tokens, for good. Takes two persons unless configured otherwise. */
  CompletionStage<Asked<List<TokenView>>> delete(Call call, Selection tokens);

  /** How many tokens of a tenant, by element, hang on which key version. */
  CompletionStage<List<Count>> count(Call call, String tenant);

  /**
   * Some tokens.
   *
   * @param tenant whose
   * @param element of which data element, which the policy need not have any more
   * @param tokens at least one
   */
  record Selection(String tenant, String element, List<String> tokens) {
    public Selection {
      tokens = List.copyOf(tokens);
    }
  }

  /**
   * Tokens that hang on a key version.
   *
   * @param element of which data element
   * @param keyVersion of the tenant's ENCRYPT keyset
   * @param tokens how many, deleted ones not among them
   */
  record Count(String element, int keyVersion, long tokens) {}
}
