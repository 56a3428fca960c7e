package io.caravan.camel;

import io.caravan.connectorsync.file.FoundFile;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.support.service.ServiceHelper;

/**
 * A store with its endpoints, each made once in a sync: when they start they ask their store, and
 * none may be left among the context's own.
 */
public final class StoreEndpoints implements AutoCloseable {
  private final CamelContext camel;
  private final ObjectStore store;
  private final List<FoundFile> files = new ArrayList<>();
  private boolean more = true;
  private Endpoint listing;
  private Endpoint fetching;

  StoreEndpoints(CamelContext camel, ObjectStore store) {
    this.camel = camel;
    this.store = store;
  }

  ObjectStore store() {
    return store;
  }

  /** Whether there is another page of the list. */
  public boolean isMore() {
    return more;
  }

  void take(List<?> answered) {
    ObjectStore.Page page = store.page(answered);
    files.addAll(page.objects());
    more = page.more();
  }

  /** The objects of the pages so far. */
  List<FoundFile> files() {
    return files;
  }

  /** Lists objects. */
  public Endpoint getListing() {
    if (listing == null) {
      listing = camel.getCamelContextExtension().getPrototypeEndpoint(store.listing());
    }
    return listing;
  }

  /** Fetches an object. */
  public Endpoint getFetching() {
    if (fetching == null) {
      fetching = camel.getCamelContextExtension().getPrototypeEndpoint(store.fetching());
    }
    return fetching;
  }

  @Override
  public void close() {
    ServiceHelper.stopAndShutdownServices(listing, fetching);
    store.close();
  }
}
