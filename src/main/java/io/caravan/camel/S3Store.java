package io.caravan.camel;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.connectorsync.file.FoundFile;
import io.caravan.reach.ReachProperties;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Message;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.apache.ProxyConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bucket of Amazon S3 or of a server that speaks its protocol (Amazon S3 API Reference,
 * ListObjects and GetObject). A list goes on behind the last name of the page before, until a page
 * is empty: Camel's component hands over neither a page's mark nor whether it is the last.
 */
final class S3Store implements ObjectStore {
  private final StoreSetup setup;
  private final S3Client client;
  private final String bucket;
  private String last;

  S3Store(StoreSetup setup) {
    this.setup = setup;
    this.bucket = setup.config().path("bucket").asText();
    this.client = client(setup);
    setup.bind("", S3Client.class, client);
  }

  private static S3Client client(StoreSetup setup) {
    JsonNode secrets = setup.secrets();
    ReachProperties bounds = setup.bounds();
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(setup.config().path("region").asText("us-east-1")))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(
                        secrets.path("accessKeyId").asText(),
                        secrets.path("secretAccessKey").asText())))
            // Servers other than Amazon's do not know the newer checksums.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(time -> time.apiCallTimeout(bounds.longestRequest()))
            .httpClientBuilder(
                ApacheHttpClient.builder()
                    // The addresses that were checked are those that are connected to.
                    .dnsResolver(setup.hosts()::resolve)
                    .proxyConfiguration(
                        ProxyConfiguration.builder()
                            .useSystemPropertyValues(false)
                            .useEnvironmentVariableValues(false)
                            .build())
                    .connectionTimeout(bounds.connectTimeout())
                    .socketTimeout(bounds.responseTimeout()));
    if (setup.config().hasNonNull("endpoint")) {
      builder.endpointOverride(setup.endpoint(null)).forcePathStyle(true);
    }
    return builder.build();
  }

  @Override
  public String listing() {
    return "aws2-s3:%s?amazonS3Client=#%s&operation=listObjects&pojoRequest=true"
        .formatted(bucket, setup.client());
  }

  @Override
  public String fetching() {
    return "aws2-s3:%s?amazonS3Client=#%s&operation=getObject".formatted(bucket, setup.client());
  }

  @Override
  public void ask(Message message) {
    message.setBody(
        ListObjectsRequest.builder().bucket(bucket).prefix(setup.beginning()).marker(last).build());
  }

  @Override
  public Page page(List<?> answered) {
    List<S3Object> objects = answered.stream().map(S3Object.class::cast).toList();
    if (!objects.isEmpty()) {
      last = objects.getLast().key();
    }
    return new Page(
        objects.stream()
            .map(one -> new FoundFile(one.key(), one.size(), one.eTag(), null))
            .toList(),
        !objects.isEmpty());
  }

  @Override
  public void ask(Message message, FoundFile object) {
    message.setHeader(AWS2S3Constants.KEY, object.name());
  }

  @Override
  public Optional<Refusal> refusal(Throwable thrown) {
    return switch (thrown) {
      case AwsServiceException e ->
          Optional.of(
              new Refusal(
                  e.statusCode(),
                  e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode()));
      case SdkException e -> Optional.of(new Refusal(0, null));
      default -> Optional.empty();
    };
  }

  @Override
  public void close() {
    setup.unbind("");
    client.close();
  }
}
