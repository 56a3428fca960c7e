package io.caravan.camel;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelinePosition;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import com.azure.core.http.rest.PagedFlux;
import com.azure.core.http.rest.PagedResponse;
import com.azure.storage.file.share.ShareAsyncClient;
import com.azure.storage.file.share.ShareServiceClientBuilder;
import com.azure.storage.file.share.models.ShareErrorCode;
import com.azure.storage.file.share.models.ShareFileItem;
import com.azure.storage.file.share.models.ShareStorageException;
import com.azure.storage.file.share.options.ShareListFilesAndDirectoriesOptions;
import io.caravan.connectorsync.file.FoundFile;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.camel.Message;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.util.StringUtils;

/**
 * A share of Azure Files (its REST API, List Directories and Files and Get File). Camel's component
 * only polls, so a bean lists and opens; a list is of one folder, the bean goes through them.
 */
final class AzureFilesStore implements ObjectStore {
  private final StoreSetup setup;
  private final Share share;

  AzureFilesStore(StoreSetup setup) {
    this.setup = setup;
    this.share = new Share(client(setup), setup.beginning(), setup.folders());
    setup.bind("", Share.class, share);
  }

  private static ShareAsyncClient client(StoreSetup setup) {
    AzureAccount account = new AzureAccount(setup, "file");
    ShareServiceClientBuilder builder =
        new ShareServiceClientBuilder()
            .endpoint(account.endpoint())
            .retryOptions(account.retries())
            .httpClient(account.http())
            .addPolicy(new WholeEndpoint(account.endpoint()));
    account.authorise(builder::credential, builder::sasToken);
    return builder
        .buildAsyncClient()
        .getShareAsyncClient(setup.config().path("container").asText());
  }

  @Override
  public String listing() {
    return "bean:%s?method=list".formatted(setup.client());
  }

  @Override
  public String fetching() {
    return "bean:%s?method=open".formatted(setup.client());
  }

  @Override
  public void ask(Message message) {
    message.setBody(null);
  }

  @Override
  public Page page(List<?> answered) {
    return new Page(answered.stream().map(FoundFile.class::cast).toList(), share.more());
  }

  @Override
  public void ask(Message message, FoundFile object) {
    message.setBody(object);
  }

  @Override
  public Optional<Refusal> refusal(Throwable thrown) {
    // The file broke off, and was another one when the client went on.
    return thrown instanceof ConcurrentModificationException
        ? Optional.of(new Refusal(0, null))
        : AzureAccount.refusal(thrown);
  }

  @Override
  public void close() {
    setup.unbind("");
  }

  /** The builder takes only the host of an endpoint: puts back port and path, before signing. */
  private static final class WholeEndpoint extends HttpPipelineSyncPolicy {
    private final String endpoint;

    private WholeEndpoint(String endpoint) {
      this.endpoint = StringUtils.trimTrailingCharacter(endpoint, '/');
    }

    @Override
    protected void beforeSendingRequest(HttpPipelineCallContext context) {
      HttpRequest request = context.getHttpRequest();
      request.setUrl(endpoint + request.getUrl().getFile());
    }

    @Override
    public HttpPipelinePosition getPipelinePosition() {
      return HttpPipelinePosition.PER_CALL;
    }
  }

  /** Lists the folders of a share one after another, and opens files without holding them. */
  static final class Share {
    private static final int BUFFERS = 4;
    private static final Set<ShareErrorCode> GONE =
        Set.of(ShareErrorCode.RESOURCE_NOT_FOUND, ShareErrorCode.PARENT_NOT_FOUND);

    private final ShareAsyncClient client;
    private final Predicate<String> counts;
    private final Deque<Place> places = new ArrayDeque<>();

    /**
     * Where the list goes on.
     *
     * @param folder empty for the share itself, else with a slash at the end
     * @param prefix of the names in it
     * @param marker null for the folder's beginning
     */
    private record Place(String folder, String prefix, String marker) {}

    private Share(ShareAsyncClient client, String beginning, Predicate<String> counts) {
      this.client = client;
      this.counts = counts;
      int name = beginning.lastIndexOf('/') + 1;
      places.push(new Place(beginning.substring(0, name), beginning.substring(name), null));
    }

    boolean more() {
      return !places.isEmpty();
    }

    /** The files on the next page. */
    public List<FoundFile> list() {
      Place place = places.pop();
      try {
        return files(place, page(place));
      } catch (ShareStorageException e) {
        // A folder that is not there, or not any more, has no files.
        if (GONE.contains(e.getErrorCode())) {
          return List.of();
        }
        throw e;
      }
    }

    private List<FoundFile> files(Place place, PagedResponse<ShareFileItem> page) {
      if (StringUtils.hasLength(page.getContinuationToken())) {
        places.push(new Place(place.folder(), place.prefix(), page.getContinuationToken()));
      }
      List<FoundFile> files = new ArrayList<>();
      for (ShareFileItem item : page.getValue()) {
        String name = place.folder() + item.getName();
        if (!item.isDirectory()) {
          files.add(new FoundFile(name, item.getFileSize(), mark(item), null));
        } else if (counts.test(name)) {
          places.push(new Place(name + "/", "", null));
        }
      }
      return files;
    }

    private PagedResponse<ShareFileItem> page(Place place) {
      String folder = StringUtils.trimTrailingCharacter(place.folder(), '/');
      PagedFlux<ShareFileItem> list =
          client
              .getDirectoryClient(folder)
              .listFilesAndDirectories(
                  new ShareListFilesAndDirectoriesOptions()
                      .setPrefix(StringUtils.hasLength(place.prefix()) ? place.prefix() : null)
                      .setIncludeETag(true)
                      .setIncludeTimestamps(true));
      return (place.marker() == null ? list.byPage() : list.byPage(place.marker())).blockFirst();
    }

    // Who writes over SMB sets the time of writing.
    private static String mark(ShareFileItem file) {
      return "%s %s"
          .formatted(file.getProperties().getETag(), file.getProperties().getLastWrittenOn());
    }

    /** The content in one answer, of which a few buffers are in memory. */
    public InputStream open(FoundFile file) {
      return client
          .getFileClient(file.name())
          .downloadWithResponse(null)
          .map(
              answer ->
                  DataBufferUtils.subscriberInputStream(
                      answer.getValue().map(DefaultDataBufferFactory.sharedInstance::wrap),
                      BUFFERS))
          .block();
    }
  }
}
