package io.caravan.bluegreen;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.StopSignal;
import io.caravan.paging.Page;
import io.caravan.paging.Paginator;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

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
  private Batch known;
  private URI next;
  private long elements;
  private boolean unchanged;
  private String etag;
  private String lastModified;

  /**
   * @param list address of the first page, or of the one body
   * @param known the batch that is live now; null when its validators must not be used
   */
  Fetch(
      String path,
      URI list,
      Paginator paginator,
      Spool spool,
      Payload payload,
      StopSignal stop,
      Batch known) {
    this.path = path;
    this.list = list;
    this.paginator = paginator;
    this.spool = spool;
    this.payload = payload;
    this.stop = stop;
    this.known = known;
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
      if (known == null) {
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
      spool.add(body, stop);
      etag = newEtag;
      lastModified = newModification;
      if (paginator.isPaged()) {
        int number = spool.count() - 1;
        long onPage = paginator.isCounted() ? payload.elements(number) : 0;
        elements += onPage;
        next =
            paginator
                .next(
                    next, number, elements, new Page(link, () -> spool.open(number), () -> onPage))
                .orElse(null);
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

  /**
   * Begins anew with the next attempt, and unconditionally: what was received turned out to be
   * broken, or what was asked about is not live any more.
   */
  void restart() {
    spool.clear();
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
