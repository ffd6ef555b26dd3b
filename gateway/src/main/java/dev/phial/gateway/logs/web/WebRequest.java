package dev.phial.gateway.logs.web;

import io.netty.handler.codec.http.HttpHeaders;

/**
 * A request, whole and decompressed.
 *
 * @param path without the query
 * @param query without the question mark; empty when there is none
 * @param body not changed by anybody
 */
@SuppressWarnings("ArrayRecordComponent") // copying every body would cost more than parsing it
record WebRequest(String method, String path, String query, HttpHeaders headers, byte[] body) {

  String header(String name) {
    String value = headers.get(name);
    return value == null ? "" : value;
  }

  /** The media type, in lower case and without parameters. */
  String type() {
    String type = header("Content-Type");
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(java.util.Locale.ROOT);
  }

  /** Without query, headers and body: they hold what is to be masked. */
  @Override
  public String toString() {
    return "WebRequest[" + method + "]";
  }
}
