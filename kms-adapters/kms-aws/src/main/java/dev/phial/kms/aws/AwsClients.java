package dev.phial.kms.aws;

import dev.phial.kms.KmsSettings;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsClientBuilder;

/** Makes the SDK's client from settings. It does not retry: that is added from outside, once for all adapters. */
final class AwsClients {
  private AwsClients() {}

  static KmsClient open(KmsSettings settings, Duration timeout) {
    KmsClientBuilder client = KmsClient.builder()
        .credentialsProvider(DefaultCredentialsProvider.builder().build())
        .fipsEnabled(settings.flag("fips", false))
        .httpClientBuilder(
            UrlConnectionHttpClient.builder().connectionTimeout(timeout).socketTimeout(timeout))
        .overrideConfiguration(override ->
            override.apiCallTimeout(timeout).retryStrategy(AwsRetryStrategy.doNotRetry()));
    settings.text("region").ifPresent(region -> client.region(region(settings, region)));
    settings.endpoint("endpoint").ifPresent(client::endpointOverride);
    try {
      return client.build();
    } catch (SdkClientException e) {
      throw settings.problem(
          "region", "is missing, and the environment names no region for the AWS SDK either");
    }
  }

  private static Region region(KmsSettings settings, String text) {
    if (!text.matches("[a-z]{2,4}(-[a-z]{2,12}){1,3}-[0-9]{1,2}")) {
      throw settings.problem("region", "is not the name of a region, such as eu-central-1");
    }
    return Region.of(text);
  }
}
