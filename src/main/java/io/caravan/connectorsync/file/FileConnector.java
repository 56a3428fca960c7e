package io.caravan.connectorsync.file;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.connectorsync.Pull;
import io.caravan.connectorsync.Pulls;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.StopSignal;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/**
 * Connectors whose source is files: what routes ask. Lists of files are begun, loaded file by file
 * and committed. When one file of a list has changed all are read, so that records that are gone
 * are found; when none has, none is.
 */
@Component
public final class FileConnector {
  private static final String FINGERPRINT = "fingerprint";

  private final Pulls pulls;
  private final DiskFiles disk;
  private final WebFile web;
  private final FileReading reading;
  private final Scratch scratch;

  FileConnector(Pulls pulls, DiskFiles disk, WebFile web, FileReading reading, Scratch scratch) {
    this.pulls = pulls;
    this.disk = disk;
    this.web = web;
    this.reading = reading;
    this.scratch = scratch;
  }

  /**
   * Finds what a connector of type {@code file} reads: files on disk, or the one behind an address.
   *
   * @throws InvalidInputException names what is wrong in the config
   * @throws Failure of kind data when there is no file
   */
  public List<FileList> find(Pull pull) throws IOException {
    FileSetup setup = FileSetup.of(pull.config());
    List<FoundFile> files =
        WebFile.isAddress(setup.path())
            ? List.of(WebFile.at(setup.path()))
            : disk.find(setup.path(), pull.stop());
    return FileList.of(setup, files);
  }

  /** What the names of all objects begin with that a connector of an object store reads. */
  public String beginning(Pull pull) {
    return new Glob(FileSetup.of(pull.config()).path()).beginning();
  }

  /** The folders that may hold, also further down, what a connector of an object store reads. */
  public Predicate<String> folders(Pull pull) {
    return new Glob(FileSetup.of(pull.config()).path())::reaches;
  }

  /**
   * What a connector of an object store reads, of the objects that are there.
   *
   * @throws Failure of kind data when there is none, or too many are
   */
  public List<FileList> lists(Pull pull, List<FoundFile> objects) {
    FileSetup setup = FileSetup.of(pull.config());
    Glob glob = new Glob(setup.path());
    List<FoundFile> matching =
        objects.stream()
            .filter(object -> glob.matches(object.name()))
            .sorted(Comparator.comparing(FoundFile::name))
            .toList();
    if (matching.isEmpty()) {
      throw new Failure(
          FailureKind.DATA,
          "No object matches %s; put one there, or correct config.path.".formatted(setup.path()));
    }
    disk.requireFewEnough(matching.size());
    return FileList.of(setup, matching);
  }

  /**
   * Begins a list.
   *
   * @return which of its files are to be read
   */
  public FileLoad begin(Pull pull, FileList list) {
    JsonNode before = pulls.begin(pull, list.resource(), list.setup().primaryKey());
    ObjectNode now = JsonNodeFactory.instance.objectNode();
    now.put(FINGERPRINT, list.fingerprint());
    now.put("files", list.files().size());
    boolean known = before != null && before.path(FINGERPRINT).equals(now.get(FINGERPRINT));
    if (list.files().getFirst().mark() == null) {
      // Whether it has changed its server knows; the fingerprint is that of the config.
      return new FileLoad(pull, list, known ? before : null, list.files(), null);
    }
    return known
        ? new FileLoad(pull, list, before, List.of(), null)
        : new FileLoad(pull, list, before, list.files(), now);
  }

  /** Reads a file of a list that was found by {@link #find}. */
  public void load(FileLoad load, FoundFile file) throws IOException {
    FileSetup setup = load.list().setup();
    if (file.path() == null) {
      fetchAndLoad(load, file);
      return;
    }
    reading.read(setup, setup.formatOf(file.name()), file.name(), file.path(), records(load));
    DiskFiles.requireUnchanged(file);
  }

  /**
   * Reads an object that was fetched.
   *
   * @param content closed when it is read
   * @throws Failure of kind data also when it is larger than a connector may fetch
   */
  public void load(FileLoad load, FoundFile object, InputStream content) throws IOException {
    FileSetup setup = load.list().setup();
    try (content;
        Scratch.Copy copy = scratch.copy(object.name(), content, load.pull().stop())) {
      reading.read(setup, setup.formatOf(object.name()), object.name(), copy.path(), records(load));
    }
  }

  private void fetchAndLoad(FileLoad load, FoundFile file) throws IOException {
    FileSetup setup = load.list().setup();
    StopSignal stop = load.pull().stop();
    var answer = web.fetch(setup, load.pull().credentials(), load.before(), stop);
    if (answer.isEmpty()) {
      return;
    }
    try (WebFile.Fetched fetched = answer.get()) {
      FileFormat format =
          setup.format() == null && fetched.format() != null
              ? fetched.format()
              : setup.formatOf(file.name());
      reading.read(setup, format, file.name(), fetched.copy().path(), records(load));
      load.read(fetched.state().put(FINGERPRINT, load.list().fingerprint()));
    }
  }

  /**
   * Publishes the list; what does not stand in a file any more is no record. When nothing was read
   * everything stays as it is.
   */
  public void commit(FileLoad load) {
    pulls.commit(load.pull(), load.complete(), load.state());
  }

  private Records records(FileLoad load) {
    Pull pull = load.pull();
    return new Records() {
      @Override
      public void record(ObjectNode record) {
        pulls.record(pull, record);
      }

      @Override
      public void leftOut(String reason, String seen) {
        pulls.leftOut(pull, reason, seen);
      }

      @Override
      public void page(InputStream json, JsonPointer path) throws IOException {
        pulls.page(pull, json, path);
      }

      @Override
      public StopSignal stop() {
        return pull.stop();
      }
    };
  }
}
