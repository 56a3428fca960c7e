package io.caravan.camel;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.connectorsync.Pull;
import io.caravan.connectorsync.Pulls;
import io.caravan.connectorsync.vendor.DriveDocuments;
import io.caravan.connectorsync.vendor.ServiceAccounts;
import java.util.List;
import org.springframework.stereotype.Component;

/** Connectors of type {@code google-drive} as their route sees them. */
@Component
class DriveFlow {
  private final Pulls pulls;
  private final DriveDocuments documents;

  DriveFlow(Pulls pulls, DriveDocuments documents) {
    this.pulls = pulls;
    this.documents = documents;
  }

  /**
   * Loads the texts of Google Docs, while they come, and publishes them.
   *
   * @param drive what {@code google-drive.jq} makes of the config
   */
  public void load(Pull pull, JsonNode drive) {
    pulls.begin(pull, "documents", List.of("id"));
    documents.each(
        drive.path("documents"),
        pull.credentials().path(ServiceAccounts.SECRET).asText(),
        pull.stop(),
        document -> pulls.record(pull, document));
    pulls.commit(pull, true, null);
  }
}
