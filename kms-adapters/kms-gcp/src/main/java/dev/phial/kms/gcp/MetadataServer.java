package dev.phial.kms.gcp;

import dev.phial.kms.rest.AccessTokens;
import dev.phial.kms.rest.RestClient;
import java.net.URI;
import java.util.Map;

/** The account that the machine or pod runs as. */
record MetadataServer(String name, RestClient rest, URI server) implements GcpAccount {
  private static final String PATH = "/computeMetadata/v1/instance/service-accounts/default/token";

  @Override
  public AccessTokens.Token token() {
    return GcpAccount.of(name, rest.get(server.resolve(PATH), Map.of("Metadata-Flavor", "Google")));
  }
}
