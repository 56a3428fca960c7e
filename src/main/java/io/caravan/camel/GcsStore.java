package io.caravan.camel;

import com.google.api.client.http.apache.v2.ApacheHttpTransport;
import com.google.auth.Credentials;
import com.google.cloud.BaseServiceException;
import com.google.cloud.ReadChannel;
import com.google.cloud.ServiceOptions;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import io.caravan.connectorsync.file.FoundFile;
import io.caravan.reach.Hosts;
import io.caravan.reach.ReachProperties;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Message;
import org.apache.camel.component.google.storage.GoogleCloudStorageConstants;
import org.apache.http.impl.client.HttpClients;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bucket of Google Cloud Storage (its JSON API v1, Objects: list and Objects: get). The component
 * follows the list's page tokens itself; of an object it would hold the whole content in memory, so
 * a bean beside the client opens it.
 */
final class GcsStore implements ObjectStore {
  /** All that listing and reading need ("Cloud Storage OAuth 2.0 scopes"). */
  static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_only";

  private static final Logger LOG = LoggerFactory.getLogger(GcsStore.class);
  private static final int TRIES = 3;

  private static final String READER = "-reader";

  private final StoreSetup setup;
  private final ApacheHttpTransport transport;
  private final Storage client;
  private final String bucket;

  /**
   * @param credentials of who may read the bucket
   */
  GcsStore(StoreSetup setup, Credentials credentials) {
    this.setup = setup;
    this.bucket = setup.config().path("bucket").asText();
    URI endpoint = setup.endpoint("https://storage.googleapis.com");
    this.transport = transport(setup.hosts());
    this.client = client(endpoint, credentials, setup.bounds());
    setup.bind("", Storage.class, client);
    setup.bind(READER, Reader.class, new Reader(client));
  }

  private static ApacheHttpTransport transport(Hosts hosts) {
    return new ApacheHttpTransport(
        HttpClients.custom()
            // The addresses that were checked are those that are connected to.
            .setDnsResolver(hosts::resolve)
            // Google's client does these itself.
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableContentCompression()
            .build());
  }

  private Storage client(URI endpoint, Credentials credentials, ReachProperties bounds) {
    return StorageOptions.newBuilder()
        .setHost(endpoint.toString())
        .setCredentials(credentials)
        // Reading needs none, and left out it is asked for at the machine's own cloud.
        .setProjectId("")
        .setRetrySettings(
            ServiceOptions.getDefaultRetrySettings().toBuilder()
                .setMaxAttempts(TRIES)
                .setTotalTimeoutDuration(bounds.longestRequest())
                .build())
        .setTransportOptions(
            HttpTransportOptions.newBuilder()
                .setHttpTransportFactory(() -> transport)
                .setConnectTimeout(Math.toIntExact(bounds.connectTimeout().toMillis()))
                .setReadTimeout(Math.toIntExact(bounds.responseTimeout().toMillis()))
                .build())
        .build()
        .getService();
  }

  @Override
  public String listing() {
    // Left out, the component makes a bucket that is missing.
    return "google-storage:%s?storageClient=#%s&operation=listObjects&autoCreateBucket=false"
        .formatted(bucket, setup.client());
  }

  @Override
  public String fetching() {
    return "bean:%s?method=open".formatted(setup.client() + READER);
  }

  @Override
  public void ask(Message message) {
    message.setHeader(GoogleCloudStorageConstants.PREFIX_NAME, setup.beginning());
  }

  @Override
  public Page page(List<?> answered) {
    return new Page(answered.stream().map(Blob.class::cast).map(GcsStore::file).toList(), false);
  }

  private static FoundFile file(Blob blob) {
    return new FoundFile(
        blob.getName(), blob.getSize(), String.valueOf(blob.getGeneration()), null);
  }

  @Override
  public void ask(Message message, FoundFile object) {
    message.setBody(BlobId.of(bucket, object.name()));
  }

  @Override
  public Optional<Refusal> refusal(Throwable thrown) {
    return switch (thrown) {
      case BaseServiceException e -> Optional.of(new Refusal(e.getCode(), e.getReason()));
      // While an object is read the client hides what it was answered in one of these.
      case IOException e when e.getCause() instanceof BaseServiceException -> Optional.empty();
      case IOException e -> Optional.of(new Refusal(0, null));
      default -> Optional.empty();
    };
  }

  @Override
  public void close() {
    setup.unbind("");
    setup.unbind(READER);
    try {
      transport.shutdown();
    } catch (IOException e) {
      LOG.debug("A connection to Cloud Storage could not be closed.", e);
    }
  }

  /** Opens objects without waiting for their end. */
  static final class Reader {
    private final Storage client;

    private Reader(Storage client) {
      this.client = client;
    }

    public InputStream open(BlobId object) throws IOException {
      ReadChannel content = client.reader(object);
      // Who reads has a buffer; the client's would be megabytes for each object.
      content.setChunkSize(0);
      return Channels.newInputStream(content);
    }
  }
}
