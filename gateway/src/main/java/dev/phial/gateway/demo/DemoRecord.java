package dev.phial.gateway.demo;

/**
 * A record that was sent through the gateway.
 *
 * @param path where it can be read, below the gateway
 * @param sent what the application sent
 */
record DemoRecord(String path, String sent) {
  @Override
  public String toString() {
    return "DemoRecord[" + path + "]";
  }
}
