package io.caravan.camel;

import io.caravan.connectorsync.Pull;
import io.caravan.connectorsync.file.FileConnector;
import io.caravan.connectorsync.file.FileList;
import io.caravan.connectorsync.file.FoundFile;
import io.caravan.connectorsync.vendor.ServiceAccounts;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.reach.Hosts;
import io.caravan.reach.ReachProperties;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/**
 * Object stores as routes see them. The variable {@code pull} holds the sync, {@code store} the
 * store with a client that is made for this sync and closed after it.
 */
@Component
class ObjectFlow {
  private final CamelContext camel;
  private final FileConnector connector;
  private final Hosts hosts;
  private final ReachProperties bounds;
  private final ServiceAccounts accounts;

  ObjectFlow(
      CamelContext camel,
      FileConnector connector,
      Hosts hosts,
      ReachProperties bounds,
      ServiceAccounts accounts) {
    this.camel = camel;
    this.connector = connector;
    this.hosts = hosts;
    this.bounds = bounds;
    this.accounts = accounts;
  }

  public StoreEndpoints s3(Pull pull) {
    return open(new S3Store(setup(pull)));
  }

  public StoreEndpoints azure(Pull pull) {
    return open(new AzureStore(setup(pull)));
  }

  public StoreEndpoints azureFiles(Pull pull) {
    return open(new AzureFilesStore(setup(pull)));
  }

  public StoreEndpoints gcs(Pull pull) {
    return open(
        new GcsStore(
            setup(pull),
            accounts.forClient(
                pull.credentials().path(ServiceAccounts.SECRET).asText(), GcsStore.SCOPE)));
  }

  private StoreSetup setup(Pull pull) {
    return new StoreSetup(
        camel,
        "connector-client-" + UUID.randomUUID(),
        pull.config(),
        pull.credentials(),
        connector.beginning(pull),
        connector.folders(pull),
        hosts,
        bounds);
  }

  private StoreEndpoints open(ObjectStore store) {
    return new StoreEndpoints(camel, store);
  }

  /** Makes the exchange's message into the request for the next page of the list. */
  public void ask(Exchange exchange) {
    store(exchange).ask(exchange.getMessage());
  }

  public void take(StoreEndpoints open, List<?> page) {
    open.take(page);
  }

  /** The objects that the connector's path matches, as lists. */
  public List<FileList> lists(Pull pull, StoreEndpoints open) {
    return connector.lists(pull, open.files());
  }

  /** Makes the exchange's message into the request for the object that it is. */
  public void address(Exchange exchange) {
    FoundFile object = exchange.getVariable("file", FoundFile.class);
    exchange.getMessage().setBody(null);
    store(exchange).ask(exchange.getMessage(), object);
  }

  private static ObjectStore store(Exchange exchange) {
    return exchange.getVariable("store", StoreEndpoints.class).store();
  }

  /**
   * Says in our words what a store answered.
   *
   * @throws Exception what was thrown, when no store did
   */
  public void explain(Exchange exchange) throws Exception {
    Exception thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof Failure failure) {
        throw failure;
      }
    }
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      Optional<ObjectStore.Refusal> refusal = store(exchange).refusal(cause);
      if (refusal.isPresent()) {
        throw explained(refusal.get(), thrown);
      }
    }
    throw thrown;
  }

  private static Failure explained(ObjectStore.Refusal refusal, Exception thrown) {
    String said =
        refusal.code() == null
            ? "HTTP %d".formatted(refusal.status())
            : "HTTP %d, %s".formatted(refusal.status(), refusal.code());
    return switch (refusal.status()) {
      case 0 ->
          new Failure(
              FailureKind.TRANSIENT, "The store could not be reached, or broke off.", thrown);
      case 401, 403 ->
          new Failure(
              FailureKind.AUTHORISATION,
              "The store refuses who asks (%s); check credentials, and that they may list and read there."
                  .formatted(said),
              thrown);
      case 404 ->
          new Failure(
              FailureKind.CONFIGURATION,
              "The store has no such bucket, container, share or object (%s); check config."
                  .formatted(said),
              thrown);
      case 409 ->
          new Failure(
              FailureKind.TRANSIENT,
              "The store says that an object is in use, or not ready (%s).".formatted(said),
              thrown);
      case 408, 429, 500, 502, 503, 504 ->
          new Failure(
              FailureKind.TRANSIENT,
              "The store did not answer as it should (%s).".formatted(said),
              thrown);
      default ->
          new Failure(
              FailureKind.CONFIGURATION,
              "The store refuses the request (%s); check config, also region and endpoint."
                  .formatted(said),
              thrown);
    };
  }

  public void close(StoreEndpoints open) {
    open.close();
  }
}
