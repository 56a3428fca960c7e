package io.caravan.camel;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.netty.NettyAsyncHttpClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.reach.ReachProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A storage account of Azure: what the clients of its services have in common. */
final class AzureAccount {
  private static final int TRIES = 3;
  private static final HttpHeaderName ERROR_CODE = HttpHeaderName.fromString("x-ms-error-code");

  private final String name;
  private final URI endpoint;
  private final JsonNode secrets;
  private final ReachProperties bounds;

  /**
   * @param service as in the names of its servers
   */
  AzureAccount(StoreSetup setup, String service) {
    this.name = setup.config().path("account").asText();
    this.endpoint = setup.endpoint("https://%s.%s.core.windows.net".formatted(name, service));
    this.secrets = setup.secrets();
    this.bounds = setup.bounds();
  }

  String name() {
    return name;
  }

  String endpoint() {
    return endpoint.toString();
  }

  RequestRetryOptions retries() {
    return new RequestRetryOptions(
        RetryPolicyType.EXPONENTIAL, TRIES, bounds.responseTimeout(), null, null, null);
  }

  HttpClient http() {
    return new NettyAsyncHttpClientBuilder()
        .connectTimeout(bounds.connectTimeout())
        .responseTimeout(bounds.responseTimeout())
        .readTimeout(bounds.responseTimeout())
        .build();
  }

  /** Hands the secret that there is to a client's builder. */
  void authorise(Consumer<StorageSharedKeyCredential> byKey, Consumer<String> bySas) {
    if (secrets.hasNonNull("accountKey")) {
      byKey.accept(new StorageSharedKeyCredential(name, secrets.get("accountKey").asText()));
    } else if (secrets.hasNonNull("sasToken")) {
      bySas.accept(secrets.get("sasToken").asText());
    }
  }

  /** What a service said, when an exception is a client's. */
  static Optional<ObjectStore.Refusal> refusal(Throwable thrown) {
    return switch (thrown) {
      case HttpResponseException e -> Optional.of(answered(e.getResponse()));
      case IOException e -> Optional.of(new ObjectStore.Refusal(0, null));
      case UncheckedIOException e -> Optional.of(new ObjectStore.Refusal(0, null));
      case TimeoutException e -> Optional.of(new ObjectStore.Refusal(0, null));
      default -> Optional.empty();
    };
  }

  private static ObjectStore.Refusal answered(HttpResponse response) {
    return response == null
        ? new ObjectStore.Refusal(0, null)
        : new ObjectStore.Refusal(response.getStatusCode(), response.getHeaderValue(ERROR_CODE));
  }
}
