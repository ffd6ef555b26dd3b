package dev.phial.gateway.demo;

import dev.phial.gateway.Gateway;
import dev.phial.gateway.config.GatewayConfig;
import java.net.InetSocketAddress;

/** What a visitor can try while the demonstration stays up. */
final class WhatNext {
  private WhatNext() {}

  static String text(Gateway.Addresses addresses, GatewayConfig config) {
    String base = "http://" + address((InetSocketAddress) addresses.http());
    String grpc = address((InetSocketAddress) addresses.grpc());
    String admin = address((InetSocketAddress) addresses.admin().orElseThrow());
    String settings = "PHIAL_DATA_DIR=" + config.dataDir() + " PHIAL_SERVER=" + grpc
        + " PHIAL_ADMIN_SERVER=" + admin;
    return String.join(
        System.lineSeparator(),
        "The gateway stays up. In another terminal, from this folder:",
        "",
        "  export " + settings,
        "",
        "  # read a record as a clinician, then as support",
        "  curl -s " + base
            + "/fhir/Patient/1001 -H \"Authorization: Bearer $(./phial token --role clinician)\"",
        "  curl -s " + base
            + "/fhir/Patient/1001 -H \"Authorization: Bearer $(./phial token --role support --purpose HOPERAT)\"",
        "",
        "  # the same engine over gRPC",
        "  echo 536-27-8841 | ./phial tokenize --element ssn",
        "  echo Rosalind | ./phial encrypt --element given_name",
        "",
        "  # keys, at an address and with tokens of their own",
        "  ./phial keys list",
        "  ./phial keys rotate --tenant default --keyset encrypt",
        "",
        "  # health, metrics, audit",
        "  curl -s http://" + address(addresses.management()) + "/readyz",
        "  curl -s http://" + address(addresses.management()) + "/metrics | grep phial_values",
        "  ./phial audit verify " + config.audit().file(),
        "",
        "Ctrl-C ends it; its keys and records go with it.",
        "");
  }

  private static String address(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }
}
