package dev.phial.gateway.grpc;

import com.google.protobuf.Timestamp;
import dev.phial.gateway.admin.TokenOperations;
import dev.phial.gateway.admin.TokenView;
import dev.phial.gateway.admin.approval.Asked;
import dev.phial.gateway.engine.EngineException;
import dev.phial.gateway.engine.RefusalCode;
import dev.phial.proto.v1.DeleteTokensResponse;
import dev.phial.proto.v1.TokenSelection;
import dev.phial.proto.v1.VaultedToken;
import dev.phial.proto.v1.VaultedTokenCount;
import dev.phial.proto.v1.VaultedTokenState;
import java.time.Instant;
import java.util.List;

/** Vaulted tokens: between messages and the words of administration. */
final class TokenAdminMessages {
  private TokenAdminMessages() {}

  static TokenOperations.Selection selection(TokenSelection selection) {
    if (selection.getTenant().isBlank()) {
      throw new EngineException(
          RefusalCode.INVALID_VALUE, "tenant must say whose tokens are meant");
    }
    return new TokenOperations.Selection(
        selection.getTenant(), selection.getElement(), selection.getTokensList());
  }

  static List<VaultedToken> tokens(List<TokenView> views) {
    return views.stream().map(TokenAdminMessages::token).toList();
  }

  static DeleteTokensResponse deleted(Asked<List<TokenView>> asked) {
    DeleteTokensResponse.Builder message = DeleteTokensResponse.newBuilder();
    return asked instanceof Asked.Done<List<TokenView>> done
        ? message.addAllTokens(tokens(done.result())).build()
        : message
            .setProposal(
                ApprovalMessages.proposal(((Asked.Proposed<List<TokenView>>) asked).proposal()))
            .build();
  }

  private static VaultedToken token(TokenView view) {
    VaultedToken.Builder message = VaultedToken.newBuilder()
        .setToken(view.token())
        .setState(state(view.state()))
        .setConsistent(view.consistent())
        .setKeyVersion(view.keyVersion())
        .setCreated(timestamp(view.created()));
    view.expires().ifPresent(end -> message.setExpires(timestamp(end)));
    return message.build();
  }

  static List<VaultedTokenCount> counts(List<TokenOperations.Count> counts) {
    return counts.stream()
        .map(count -> VaultedTokenCount.newBuilder()
            .setElement(count.element())
            .setKeyVersion(count.keyVersion())
            .setTokens(count.tokens())
            .build())
        .toList();
  }

  private static VaultedTokenState state(TokenView.State state) {
    return switch (state) {
      case ENABLED -> VaultedTokenState.VAULTED_TOKEN_STATE_ENABLED;
      case DISABLED -> VaultedTokenState.VAULTED_TOKEN_STATE_DISABLED;
      case EXPIRED -> VaultedTokenState.VAULTED_TOKEN_STATE_EXPIRED;
      case DELETED -> VaultedTokenState.VAULTED_TOKEN_STATE_DELETED;
    };
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
