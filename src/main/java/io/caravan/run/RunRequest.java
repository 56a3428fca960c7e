package io.caravan.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * What a caller asks of a run (CONTRACT: POST /api/v1/pipelines/{pipeline}/runs). The payload of
 * the seed's manual trigger (SV-19: timestamp, lastTimestamp, upcoming) is accepted and means
 * everything.
 *
 * @param only keys of the items to work on; empty means everything the pipeline finds
 * @param limit at most so many items; null for all
 * @param dryRun find out, write nothing
 * @param force overrule brakes; needs a reason
 * @param reason why, in the caller's words
 */
@JsonIgnoreProperties({"timestamp", "lastTimestamp", "upcoming"})
public record RunRequest(
    List<String> only, Integer limit, boolean dryRun, boolean force, String reason) {
  public RunRequest {
    only = only == null ? List.of() : List.copyOf(only);
  }

  public static RunRequest everything() {
    return new RunRequest(List.of(), null, false, false, null);
  }
}
