package dev.phial.kms.aws;

/** Credentials where the SDK's default chain looks first, for the length of a test. */
final class Credentials implements AutoCloseable {

  Credentials() {
    System.setProperty("aws.accessKeyId", "AKIAEXAMPLE");
    System.setProperty("aws.secretAccessKey", "an example that opens nothing");
  }

  @Override
  public void close() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }
}
