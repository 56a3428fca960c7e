package io.caravan.connectorsync;

import java.net.URI;
import java.util.UUID;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;

/** A bucket of S3Proxy, which checks Amazon's signatures of version 4, with objects in memory. */
final class TestBucket implements AutoCloseable {
  static final String SECRET = "secret-of-the-bucket";

  private final String name = "data-" + UUID.randomUUID();
  private final BlobStoreContext context =
      ContextBuilder.newBuilder("transient-nio2")
          .credentials("any", "any")
          .build(BlobStoreContext.class);
  private final BlobStore store = context.getBlobStore();
  private final S3Proxy server;

  TestBucket() {
    server =
        S3Proxy.builder()
            .blobStore(store)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, "reader", SECRET)
            .build();
    store.createContainerInLocation(null, name);
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  void put(String key, String content) {
    store.putBlob(name, store.blobBuilder(key).payload(content).build());
  }

  void remove(String key) {
    store.removeBlob(name, key);
  }

  /**
   * @param rest of the connector's config, as JSON without brackets
   */
  String config(String rest) {
    return "{\"bucket\": \"%s\", \"endpoint\": \"http://127.0.0.1:%d\", %s}"
        .formatted(name, server.getPort(), rest);
  }

  String credentials() {
    return credentials(SECRET);
  }

  String credentials(String secret) {
    return "{\"accessKeyId\": \"reader\", \"secretAccessKey\": \"%s\"}".formatted(secret);
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    context.close();
  }
}
