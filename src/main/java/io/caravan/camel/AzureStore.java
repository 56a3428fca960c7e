package io.caravan.camel;

import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobItem;
import io.caravan.connectorsync.file.FoundFile;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Message;
import org.apache.camel.component.azure.storage.blob.BlobConstants;

/**
 * A container of Azure Blob Storage (Azure Storage REST API, List Blobs and Get Blob). The
 * component follows the list's marks itself.
 */
final class AzureStore implements ObjectStore {
  private final StoreSetup setup;
  private final AzureAccount account;
  private final String container;

  AzureStore(StoreSetup setup) {
    this.setup = setup;
    this.account = new AzureAccount(setup, "blob");
    this.container = setup.config().path("container").asText();
    setup.bind("", BlobServiceClient.class, client());
  }

  private BlobServiceClient client() {
    BlobServiceClientBuilder builder =
        new BlobServiceClientBuilder()
            .endpoint(account.endpoint())
            .retryOptions(account.retries())
            .httpClient(account.http());
    account.authorise(builder::credential, builder::sasToken);
    return builder.buildClient();
  }

  @Override
  public String listing() {
    return "azure-storage-blob:%s/%s?serviceClient=#%s&operation=listBlobs"
        .formatted(account.name(), container, setup.client());
  }

  @Override
  public String fetching() {
    return "azure-storage-blob:%s/%s?serviceClient=#%s&operation=getBlob"
        .formatted(account.name(), container, setup.client());
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
    return AzureAccount.refusal(thrown);
  }

  @Override
  public void close() {
    setup.unbind("");
  }
}
