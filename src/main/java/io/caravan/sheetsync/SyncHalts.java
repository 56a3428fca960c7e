package io.caravan.sheetsync;

import io.caravan.failure.ConflictException;
import io.caravan.slack.SlackBlocks;
import io.caravan.slack.SlackDestination;
import io.caravan.slack.SlackMessage;
import io.caravan.slack.SlackText;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Configs that a brake has stopped: nothing is written until a person resumes them, and the data
 * team is told of each once (requirements of sheetsync, section 4 item 3).
 */
@Component
public class SyncHalts {
  private final SyncConfigs configs;
  private final JdbcClient jdbc;

  SyncHalts(SyncConfigs configs, JdbcClient jdbc) {
    this.configs = configs;
    this.jdbc = jdbc;
  }

  private record Halted(UUID id, String name, String ownerId, String haltReason) {}

  /** Nothing is written any more until somebody resumes it. */
  void halt(UUID id, String reason) {
    halt(id, reason, false);
  }

  /** Somebody's own doing stops it, which is no news. */
  void pause(UUID id, String reason) {
    halt(id, reason, true);
  }

  private void halt(UUID id, String reason, boolean known) {
    jdbc.sql(
            """
            update sheetsync.sync_config
               set halted_at = coalesce(halted_at, now()), halt_reason = :reason, approved_at = null,
                   halt_told_at = case when :known then now() when halted_at is not null then halt_told_at end
             where id = :id
            """)
        .param("reason", reason)
        .param("known", known)
        .param("id", id)
        .update();
  }

  /**
   * Lets the next sync pass what stopped the last one: a brake, or the approval of a first sync.
   * Records that the loop brake left out are synced again.
   *
   * @throws io.caravan.failure.NotFoundException when there is no such config
   * @throws ConflictException when nothing stopped it
   */
  @Transactional
  public SyncConfig resume(UUID id) {
    SyncConfig config = configs.get(id);
    boolean awaitsApproval = config.options().requireApproval() && config.seenAt() == null;
    boolean stopped = config.haltedAt() != null || awaitsApproval;
    int released =
        jdbc.sql("delete from sheetsync.frozen_record where sync_config_id = ?").param(id).update();
    if (!stopped && released == 0) {
      throw new ConflictException("Nothing has halted the sync config " + config.name() + ".");
    }
    if (stopped) {
      jdbc.sql(
              """
              update sheetsync.sync_config
                 set approved_at = now(), halted_at = null, halt_reason = null, updated_at = now() where id = ?
              """)
          .param(id)
          .update();
    }
    return configs.get(id);
  }

  /** What the data team does not know of yet. */
  public List<SlackMessage> untold() {
    return jdbc
        .sql(
            """
            update sheetsync.sync_config set halt_told_at = now()
             where halted_at is not null and halt_told_at is null
            returning id, name, owner_id, halt_reason
            """)
        .query(Halted.class)
        .list()
        .stream()
        .map(SyncHalts::message)
        .toList();
  }

  private static SlackMessage message(Halted config) {
    String headline = "The sync of %s is halted".formatted(config.name());
    return new SlackMessage(
        "sheetsync-halted",
        SlackDestination.dataTeam(),
        SlackText.format("%s", headline),
        new SlackBlocks()
            .header(headline)
            .section("%s", config.haltReason())
            .section("Owner: %s", config.ownerId())
            .context(
                "A dry run shows what it would do. To let it go on: POST"
                    + " /api/v1/sync-configs/%s/resume",
                config.id().toString()));
  }
}
