package io.caravan.bluegreen;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.StopSignal;
import io.caravan.paging.Page;
import io.caravan.paging.Paginator;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A payload while it is fetched, page by page. When a page cannot be had, the next attempt goes on
 * with that page.
 */
public final class Fetch implements AutoCloseable {
  private static final int NOT_MODIFIED = 304;

  private final String path;
  private final URI list;
  private final Paginator paginator;
  private final Payload payload;
  private final Spool spool;
  private final StopSignal stop;
  private final Map<String, ReadPage> knownPages;
  private final List<ReadPage> pages = new ArrayList<>();
  private Batch known;
  private URI next;
  private long elements;
  private boolean unchanged;
  private String etag;
  private String lastModified;

  /**
   * @param list address of the first page, or of the one body
   * @param known the batch that is live now; null when it must not be used
   * @param knownPages its pages
   */
  Fetch(
      String path,
      URI list,
      Paginator paginator,
      Spool spool,
      Payload payload,
      StopSignal stop,
      Batch known,
      List<ReadPage> knownPages) {
    this.path = path;
    this.list = list;
    this.paginator = paginator;
    this.spool = spool;
    this.payload = payload;
    this.stop = stop;
    this.known = known;
    this.knownPages =
        knownPages.stream()
            .collect(Collectors.toMap(ReadPage::address, page -> page, (one, same) -> one));
    this.next = paginator.first(list);
  }

  /** Whether there is a page to ask for. */
  public boolean more() {
    return next != null;
  }

  /** Its address. */
  public String url() {
    return next.toString();
  }

  /** Validator of what is live; null for none. Pages have none of the whole list. */
  public String knownEtag() {
    return known == null ? null : known.etag();
  }

  public String knownModification() {
    return known == null ? null : known.lastModified();
  }

  /**
   * Takes an answer.
   *
   * @param link the header {@code Link}; null when absent, likewise the others
   * @throws Failure when the page cannot be used, or the work is to stop
   */
  void receive(int status, String link, String newEtag, String newModification, InputStream body) {
    if (status == NOT_MODIFIED) {
      if (knownEtag() == null && knownModification() == null) {
        throw new Failure(
            FailureKind.DATA,
            path + ": the source says 304 to a question that was not conditional.");
      }
      unchanged = true;
      next = null;
      return;
    }
    int before = spool.count();
    try {
      String digest = spool.add(body, stop);
      etag = newEtag;
      lastModified = newModification;
      if (paginator.isPaged()) {
        ReadPage page = read(digest, link);
        pages.add(page);
        elements += page.elements();
        next = page.next() == null ? null : URI.create(page.next());
      } else {
        next = null;
      }
    } catch (Failure e) {
      if (spool.count() > before) {
        // The page came, but what it says cannot be used; another attempt must not add it twice.
        restart();
      }
      throw e;
    } catch (IOException e) {
      throw new Failure(
          FailureKind.TRANSIENT, path + ": the answer broke off while it was read.", e);
    }
  }

  private ReadPage read(String digest, String link) throws IOException {
    String address = next.toString();
    ReadPage same = knownPages.get(address);
    if (same != null && same.digest().equals(digest) && paginator.isToldByBody()) {
      return same;
    }
    int number = spool.count() - 1;
    long onPage = paginator.isCounted() ? payload.elements(number) : 0;
    String after =
        paginator
            .next(
                next,
                number,
                elements + onPage,
                new Page(link, () -> spool.open(number), () -> onPage))
            .map(URI::toString)
            .orElse(null);
    return new ReadPage(address, digest, onPage, after);
  }

  /**
   * Begins anew with the next attempt, and unconditionally: what was received turned out to be
   * broken, or what was asked about is not live any more.
   */
  void restart() {
    spool.clear();
    pages.clear();
    knownPages.clear();
    known = null;
    unchanged = false;
    elements = 0;
    next = paginator.first(list);
  }

  /** Whether the source said that nothing changed since the batch that is live. */
  boolean unchanged() {
    return unchanged;
  }

  Batch known() {
    return known;
  }

  Spool bodies() {
    return spool;
  }

  Payload payload() {
    return payload;
  }

  /** The pages of a paged list, in their order. */
  List<ReadPage> pages() {
    return List.copyOf(pages);
  }

  /** Validators of the one body; null for pages. */
  String etag() {
    return paginator.isPaged() ? null : etag;
  }

  String lastModified() {
    return paginator.isPaged() ? null : lastModified;
  }

  @Override
  public void close() throws IOException {
    spool.close();
  }
}
