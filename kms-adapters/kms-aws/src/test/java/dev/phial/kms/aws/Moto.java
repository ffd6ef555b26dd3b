package dev.phial.kms.aws;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.kms.Kms;
import dev.phial.kms.KmsProvider;
import dev.phial.kms.KmsSettings;
import dev.phial.kms.testkit.Requirement;
import dev.phial.kms.testkit.ServerProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/** An emulator of AWS KMS in a process of its own, and a client for what only its administrator does. */
final class Moto implements AutoCloseable {
  static final String REGION = "eu-central-1";

  private final Credentials credentials = new Credentials();
  private final ServerProcess server;
  private final String endpoint;
  private final KmsClient administrator;

  private Moto(ServerProcess server, String endpoint) {
    this.server = server;
    this.endpoint = endpoint;
    this.administrator = KmsClient.builder()
        .region(Region.of(REGION))
        .endpointOverride(URI.create(endpoint))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  static Moto start(Path directory) {
    FipsModule.start();
    Path program = Requirement.program("moto_server", "pip install 'moto[server]'");
    int port = ServerProcess.freePort();
    List<String> command =
        List.of(program.toString(), "-H", "127.0.0.1", "-p", String.valueOf(port));
    ServerProcess server =
        ServerProcess.start(command, port, Map.of(), directory.resolve("moto.log"));
    return new Moto(server, "http://127.0.0.1:" + port);
  }

  KmsClient administrator() {
    return administrator;
  }

  String newKey() {
    return administrator
        .createKey(r -> r.keyUsage(KeyUsageType.ENCRYPT_DECRYPT))
        .keyMetadata()
        .keyId();
  }

  int port() {
    return URI.create(endpoint).getPort();
  }

  Kms open(int port) {
    Map<String, String> settings =
        Map.of("region", REGION, "endpoint", "http://127.0.0.1:" + port, "timeout", "30s");
    return KmsProvider.ofType("aws", Moto.class.getClassLoader())
        .open(new KmsSettings("aws", settings, Path.of(""), variable -> ""));
  }

  @Override
  public void close() {
    administrator.close();
    server.close();
    credentials.close();
  }
}
