package dev.phial.gateway.tls;

import dev.phial.crypto.fips.FipsModule;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;

/**
 * TLS contexts out of PEM files, through the FIPS provider: TLS 1.3 and 1.2 only, ephemeral keys and AES-GCM only. Files are
 * read once, when a context is made.
 *
 * <p>Thread-safe. Methods throw {@link TlsConfigurationException}.
 */
public final class TlsContexts {
  private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");
  private static final List<String> SUITES = List.of(
      "TLS_AES_256_GCM_SHA384",
      "TLS_AES_128_GCM_SHA256",
      "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
      "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
      "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
      "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");

  private final Provider jsse;
  private final Identities identities;

  public TlsContexts(FipsModule module) {
    this.jsse = new BouncyCastleJsseProvider("fips:" + module.provider().getName());
    this.identities = new Identities(module.provider(), jsse);
  }

  /** For a gRPC server: HTTP/2 agreed by ALPN. */
  public SslContext grpcServer(TlsFiles files) {
    return build(GrpcSslContexts.configure(server(files), jsse));
  }

  /** For a gRPC client: HTTP/2 agreed by ALPN; the server's name is checked. */
  public SslContext grpcClient(ClientTlsFiles files) {
    return build(GrpcSslContexts.configure(client(files), jsse));
  }

  /** For an HTTP/1.1 server. Without ALPN: a client that offers HTTP/2 as well gets HTTP/1.1. */
  public SslContext http1Server(TlsFiles files) {
    return build(server(files).applicationProtocolConfig(ApplicationProtocolConfig.DISABLED));
  }

  /**
   * For an HTTP/1.1 client. Give the host to {@link SslContext#newHandler(io.netty.buffer.ByteBufAllocator, String, int)}: the
   * server's certificate must be for it.
   */
  public SslContext http1Client(ClientTlsFiles files) {
    return build(client(files).applicationProtocolConfig(ApplicationProtocolConfig.DISABLED));
  }

  /**
   * For a client that speaks through sockets of its own, such as a database driver. The server's certificate is checked, its
   * name is not: that is the client's part.
   */
  public SSLSocketFactory clientSockets(ClientTlsFiles files) {
    try {
      SSLContext context = SSLContext.getInstance("TLS", jsse);
      context.init(
          files.identity().map(this::keyManagers).orElse(null),
          authorities(files).getTrustManagers(),
          null);
      return new ClientSockets(
          context.getSocketFactory(),
          PROTOCOLS.toArray(String[]::new),
          SUITES.toArray(String[]::new));
    } catch (GeneralSecurityException e) {
      throw new TlsConfigurationException("tls: the FIPS provider refuses the configuration", e);
    }
  }

  private KeyManager[] keyManagers(ClientTlsFiles.Identity identity) {
    return identities.identity(identity.certificate(), identity.key()).getKeyManagers();
  }

  private TrustManagerFactory authorities(ClientTlsFiles files) {
    return files
        .serverCa()
        .map(ca -> identities.authorities("ca", ca))
        .orElseGet(identities::defaultAuthorities);
  }

  private SslContextBuilder server(TlsFiles files) {
    SslContextBuilder builder =
        SslContextBuilder.forServer(identities.identity(files.certificate(), files.key()));
    files
        .clientCa()
        .ifPresent(ca -> builder
            .trustManager(identities.authorities("client_ca", ca))
            .clientAuth(ClientAuth.REQUIRE));
    return builder;
  }

  private SslContextBuilder client(ClientTlsFiles files) {
    SslContextBuilder builder = SslContextBuilder.forClient().trustManager(authorities(files));
    files
        .identity()
        .ifPresent(identity ->
            builder.keyManager(identities.identity(identity.certificate(), identity.key())));
    return builder;
  }

  private SslContext build(SslContextBuilder builder) {
    try {
      return builder
          .sslProvider(SslProvider.JDK)
          .sslContextProvider(jsse)
          .protocols(PROTOCOLS)
          .ciphers(SUITES, SupportedCipherSuiteFilter.INSTANCE)
          .build();
    } catch (SSLException e) {
      throw new TlsConfigurationException("tls: the FIPS provider refuses the configuration", e);
    }
  }
}
