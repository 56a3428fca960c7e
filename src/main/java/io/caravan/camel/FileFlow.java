package io.caravan.camel;

import io.caravan.connectorsync.Pull;
import io.caravan.connectorsync.file.FileConnector;
import io.caravan.connectorsync.file.FileList;
import io.caravan.connectorsync.file.FileLoad;
import io.caravan.connectorsync.file.FoundFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Lists of files as routes see them. The variable {@code pull} holds the sync, {@code fileLoad} the
 * list that is being read.
 */
@Component
class FileFlow {
  private final FileConnector connector;

  FileFlow(FileConnector connector) {
    this.connector = connector;
  }

  public List<FileList> find(Pull pull) throws IOException {
    return connector.find(pull);
  }

  public FileLoad begin(Pull pull, FileList list) {
    return connector.begin(pull, list);
  }

  /**
   * Reads a file.
   *
   * @param content a stream of what is in it, when it was fetched already
   */
  public void load(FileLoad load, FoundFile file, Object content) throws IOException {
    if (content instanceof InputStream stream) {
      connector.load(load, file, stream);
    } else {
      connector.load(load, file);
    }
  }

  public void commit(FileLoad load) {
    connector.commit(load);
  }
}
