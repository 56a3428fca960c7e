package io.caravan.sheetsync;

import io.caravan.failure.NotFoundException;
import io.caravan.run.Runs;
import io.caravan.sheetsync.SyncLogs.SyncLog;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What was done to a config's two sides. */
@Component
public class SyncHistory {
  private static final int USUAL = 50;

  private final SyncConfigs configs;
  private final SyncLogs logs;
  private final ChangeJournal journal;
  private final Runs runs;

  SyncHistory(SyncConfigs configs, SyncLogs logs, ChangeJournal journal, Runs runs) {
    this.configs = configs;
    this.logs = logs;
    this.journal = journal;
    this.runs = runs;
  }

  /**
   * The syncs of a config, newest first.
   *
   * @param limit null for 50
   * @throws NotFoundException when there is no such config
   */
  public List<SyncLog> logs(UUID config, Integer limit) {
    configs.get(config);
    return logs.list(config, limit == null ? USUAL : limit);
  }

  /**
   * What a run wrote, or meant to, oldest first.
   *
   * @param after only what comes after this change; null for all
   * @param limit null for 50
   * @throws NotFoundException when there is no such run
   */
  public Map<String, List<Change>> changes(UUID run, Long after, Integer limit) {
    runs.get(run);
    return Map.of("changes", journal.ofRun(run, after, limit == null ? USUAL : limit));
  }
}
