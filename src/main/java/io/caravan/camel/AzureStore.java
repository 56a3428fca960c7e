package io.caravan.camel;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.netty.NettyAsyncHttpClientBuilder;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.connectorsync.file.FoundFile;
import io.caravan.reach.ReachProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Message;
import org.apache.camel.component.azure.storage.blob.BlobConstants;

/**
 * A container of Azure Blob Storage (Azure Storage REST API, List Blobs and Get Blob). The
 * component follows the list's marks itself.
 */
final class AzureStore implements ObjectStore {
  private static final int TRIES = 3;

  private final StoreSetup setup;
  private final BlobServiceClient client;
  private final String container;
  private final String account;

  AzureStore(StoreSetup setup) {
    this.setup = setup;
    this.account = setup.config().path("account").asText();
    this.container = setup.config().path("container").asText();
    this.client = client();
    setup.bind("", BlobServiceClient.class, client);
  }

  private BlobServiceClient client() {
    JsonNode secrets = setup.secrets();
    ReachProperties bounds = setup.bounds();
    URI endpoint = setup.endpoint("https://%s.blob.core.windows.net".formatted(account));
    BlobServiceClientBuilder builder =
        new BlobServiceClientBuilder()
            .endpoint(endpoint.toString())
            .retryOptions(
                new RequestRetryOptions(
                    RetryPolicyType.EXPONENTIAL, TRIES, bounds.responseTimeout(), null, null, null))
            .httpClient(
                new NettyAsyncHttpClientBuilder()
                    .connectTimeout(bounds.connectTimeout())
                    .responseTimeout(bounds.responseTimeout())
                    .readTimeout(bounds.responseTimeout())
                    .build());
    if (secrets.hasNonNull("accountKey")) {
      builder.credential(
          new StorageSharedKeyCredential(account, secrets.get("accountKey").asText()));
    } else if (secrets.hasNonNull("sasToken")) {
      builder.sasToken(secrets.get("sasToken").asText());
    }
    return builder.buildClient();
  }

  @Override
  public String listing() {
    return "azure-storage-blob:%s/%s?serviceClient=#%s&operation=listBlobs"
        .formatted(account, container, setup.client());
  }

  @Override
  public String fetching() {
    return "azure-storage-blob:%s/%s?serviceClient=#%s&operation=getBlob"
        .formatted(account, container, setup.client());
  }

  @Override
  public void ask(Message message) {
    message.setHeader(BlobConstants.PREFIX, setup.beginning());
  }

  @Override
  public Page page(List<?> answered) {
    return new Page(
        answered.stream().map(BlobItem.class::cast).map(AzureStore::file).toList(), false);
  }

  private static FoundFile file(BlobItem blob) {
    return new FoundFile(
        blob.getName(),
        blob.getProperties().getContentLength(),
        blob.getProperties().getETag(),
        null);
  }

  @Override
  public void ask(Message message, FoundFile object) {
    message.setHeader(BlobConstants.BLOB_NAME, object.name());
  }

  @Override
  public Optional<Refusal> refusal(Throwable thrown) {
    return switch (thrown) {
      case BlobStorageException e ->
          Optional.of(
              new Refusal(
                  e.getStatusCode(),
                  e.getErrorCode() == null ? null : e.getErrorCode().toString()));
      case HttpResponseException e ->
          Optional.of(
              new Refusal(e.getResponse() == null ? 0 : e.getResponse().getStatusCode(), null));
      case IOException e -> Optional.of(new Refusal(0, null));
      case UncheckedIOException e -> Optional.of(new Refusal(0, null));
      case TimeoutException e -> Optional.of(new Refusal(0, null));
      default -> Optional.empty();
    };
  }

  @Override
  public void close() {
    setup.unbind("");
  }
}
