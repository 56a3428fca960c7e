package io.caravan.connectorsync;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.run.Run;
import io.caravan.slack.SlackBlocks;
import io.caravan.slack.SlackDestination;
import io.caravan.slack.SlackMessage;
import io.caravan.slack.SlackText;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What syncs say about a connector, and when the data team hears of it (CN-16). */
@Component
public class ConnectorHealth {
  private final JdbcClient jdbc;
  private final ExpectedDurations durations;

  ConnectorHealth(JdbcClient jdbc, ExpectedDurations durations) {
    this.jdbc = jdbc;
    this.durations = durations;
  }

  private record State(
      String name, int syncInterval, String status, int failures, OffsetDateTime failingSince) {}

  /**
   * A sync that succeeded: whatever stood in the way is over.
   *
   * @param partial why it is not whole; null when it is
   */
  public void succeeded(UUID connector, String partial) {
    jdbc.sql(
            """
            update connectorsync.connector_setup
               set last_sync_at = now(), last_sync_status = :status, last_sync_error = :error, failures = 0,
                   failing_since = null, retry_at = null, warning = null, warned_at = null,
                   status = case when status = 'INACTIVE' then status else 'ACTIVE' end
             where id = :id
            """)
        .param("status", partial == null ? "COMPLETED" : "PARTIAL")
        .param("error", partial)
        .param("id", connector)
        .update();
  }

  /**
   * A sync that failed. When it last succeeded stays as it was (D8); that somebody cancelled it, or
   * a node shut down, says nothing about the connector.
   */
  @Transactional
  public void failed(UUID connector, Failure failure) {
    if (failure.kind() == FailureKind.CANCELLED || failure.kind() == FailureKind.INTERRUPTED) {
      return;
    }
    Instant now = Instant.now();
    State state =
        jdbc.sql(
                """
                select name, sync_interval, status, failures, failing_since
                  from connectorsync.connector_setup where id = ? for update
                """)
            .param(connector)
            .query(State.class)
            .single();
    Instant since = state.failingSince() == null ? now : state.failingSince().toInstant();
    AfterSync after =
        AfterSync.failed(
            failure,
            state.failures() + 1,
            since,
            Duration.ofSeconds(state.syncInterval()),
            connector,
            now);
    boolean known = state.status().equals(after.status().name()) && after.retryAt() == null;
    jdbc.sql(
            """
            update connectorsync.connector_setup
               set last_sync_status = 'FAILED', last_sync_error = :error, failures = failures + 1,
                   failing_since = :since, retry_at = :retryAt,
                   status = case when status = 'INACTIVE' then status else :status end,
                   warning = coalesce(cast(:warning as text), warning),
                   warned_at = case when cast(:warning as text) is null then warned_at end
             where id = :id
            """)
        .param("error", failure.getMessage())
        .param("since", since.atOffset(ZoneOffset.UTC))
        .param("retryAt", after.retryAt() == null ? null : after.retryAt().atOffset(ZoneOffset.UTC))
        .param("status", after.status().name())
        .param("warning", known ? null : after.warning())
        .param("id", connector)
        .update();
  }

  /** A test that went well: what waited for somebody does not any more. */
  void tested(UUID connector) {
    jdbc.sql(
            """
            update connectorsync.connector_setup
               set failures = 0, failing_since = null, retry_at = null, warning = null, warned_at = null,
                   status = case when status = 'INACTIVE' then status else 'ACTIVE' end
             where id = ? and (failures > 0 or status in ('NEEDS_ATTENTION', 'ERROR'))
            """)
        .param(connector)
        .update();
  }

  private record Warned(UUID id, String name, String type, String lastSyncError, String warning) {}

  /** What the data team does not know of yet. */
  public List<SlackMessage> untold() {
    return jdbc
        .sql(
            """
            update connectorsync.connector_setup set warned_at = now()
             where warning is not null and warned_at is null and deleted_at is null
            returning id, name, type, last_sync_error, warning
            """)
        .query(Warned.class)
        .list()
        .stream()
        .map(ConnectorHealth::message)
        .toList();
  }

  private record Running(UUID item, UUID connector, String name, String type) {}

  /** Syncs under way that take longer than expected; each is told once. */
  public List<SlackMessage> slow() {
    List<Running> running =
        jdbc.sql(
                """
                select i.id as item, s.id as connector, s.name, s.type
                  from caravan.run_item i join connectorsync.connector_setup s on s.id = i.key::uuid
                 where i.pipeline = 'connectorsync' and i.state = 'running' and i.lease_until > now()
                   and s.slow_item is distinct from i.id
                """)
            .query(Running.class)
            .list();
    Map<UUID, Expected> known =
        durations.of(running.stream().map(Running::connector).distinct().toList());
    Instant now = Instant.now();
    return running.stream()
        .filter(one -> known.containsKey(one.connector()))
        .filter(one -> known.get(one.connector()).isLate(now) && tellOnce(one))
        .map(one -> slow(one, known.get(one.connector()), now))
        .toList();
  }

  /** Of several nodes one tells it. */
  private boolean tellOnce(Running one) {
    return jdbc.sql(
                """
                update connectorsync.connector_setup set slow_item = :item
                 where id = :id and slow_item is distinct from :item
                """)
            .param("item", one.item())
            .param("id", one.connector())
            .update()
        == 1;
  }

  private static SlackMessage slow(Running one, Expected expected, Instant now) {
    String headline = "The connector %s takes longer than expected".formatted(one.name());
    return new SlackMessage(
        "connectorsync-slow",
        SlackDestination.dataTeam(),
        SlackText.format("%s", headline),
        new SlackBlocks()
            .header(headline)
            .section(
                "%s",
                "Its sync runs for %d s now; of the last %d, half took no longer than %d s, and nearly all no longer than %d s."
                    .formatted(
                        Duration.between(expected.runningSince(), now).toSeconds(),
                        expected.syncs(),
                        expected.medianMs() / 1000,
                        expected.p95Ms() / 1000))
            .context("Type %s, %s", one.type(), one.connector().toString()));
  }

  private record Rate(long total, long failed) {
    /** Of few connectors a half says little. */
    boolean high() {
      return total >= 5 && failed * 2 >= total;
    }
  }

  /**
   * A run in which every other connector failed, when the one before was not like that: what they
   * have in common is more likely on our side.
   */
  public List<SlackMessage> errorRate(Run run) {
    Rate now =
        jdbc.sql(
                """
                select count(*) as total, count(*) filter (where state = 'failed') as failed
                  from caravan.run_item where run_id = ?
                """)
            .param(run.id())
            .query(Rate.class)
            .single();
    Optional<Rate> before =
        jdbc.sql(
                """
                select total, failed from caravan.run
                 where pipeline = 'connectorsync' and id <> ? and finished_at is not null and total >= 5
                 order by requested_at desc, id desc limit 1
                """)
            .param(run.id())
            .query(Rate.class)
            .optional();
    if (!now.high() || before.filter(Rate::high).isPresent()) {
      return List.of();
    }
    String headline = "%d of %d connectors failed in one run".formatted(now.failed(), now.total());
    return List.of(
        new SlackMessage(
            "connectorsync-error-rate",
            SlackDestination.dataTeam(),
            SlackText.format("%s", headline),
            new SlackBlocks()
                .header(headline)
                .section("%s", "Look for what they have in common: the network, a proxy, a vendor.")
                .context("Run %s", run.id().toString())));
  }

  private static SlackMessage message(Warned connector) {
    String headline = "The connector %s fails".formatted(connector.name());
    return new SlackMessage(
        "connectorsync-failing",
        SlackDestination.dataTeam(),
        SlackText.format("%s", headline),
        new SlackBlocks()
            .header(headline)
            .section("%s", connector.lastSyncError())
            .section("%s", connector.warning())
            .context("Type %s, %s", connector.type(), connector.id().toString()));
  }
}
