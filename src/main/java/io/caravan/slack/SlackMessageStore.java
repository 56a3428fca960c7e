package io.caravan.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of {@code caravan.slack_message_tracking}. Time is the database's. */
@Component
class SlackMessageStore {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();

  /** What a process that died while it sent a message is waited for. */
  private static final int LEASE_SECONDS = 120;

  /** A message that was never tried is left to whoever recorded it for so long. */
  private static final int HEAD_START_SECONDS = 10;

  /**
   * What may be sent now: none while Slack asked for quiet at its destination, while an earlier
   * message of its thread is still to be sent, or while others wait that came before it.
   */
  private static final String READY =
      """
      m.status = 'pending' and m.next_attempt_at <= now()
      and not exists (select 1 from caravan.slack_message_tracking other
                       where other.status = 'pending'
                         and other.organization_id is not distinct from m.organization_id
                         and (other.wait_until > now()
                              or (other.thread_key = m.thread_key or other.attempts = 0)
                                 and (other.created_at, other.id) < (m.created_at, m.id)))
      """;

  /** A message as it stands in the table, on its way. */
  record Row(
      UUID id,
      SlackDestination destination,
      String kind,
      int attempts,
      String text,
      JsonNode blocks,
      String threadTs) {}

  private final JdbcClient jdbc;

  SlackMessageStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param reason why it is not to be sent; null when it is
   */
  SlackReceipt add(SlackMessage message, String channel, SlackStatus status, String reason) {
    UUID id = IDS.generate();
    jdbc.sql(
            """
            insert into caravan.slack_message_tracking
              (id, organization_id, message_type, thread_key, content, blocks, status, error_message, slack_channel_id)
            values (?, ?, ?, ?, ?, cast(? as jsonb), ?, ?, ?)
            """)
        .params(
            id,
            message.destination().organizationId(),
            message.kind(),
            message.threadKey(),
            message.text().replace("\0", ""),
            message.blocks() == null ? null : message.blocks().toString().replace("\\u0000", ""),
            status.word(),
            reason,
            channel)
        .update();
    return new SlackReceipt(id, message.destination().key(), status, reason);
  }

  /** Takes a message for one attempt: only one taker gets it. */
  Optional<Row> take(UUID id, String channel) {
    return jdbc.sql(
            """
            update caravan.slack_message_tracking m
               set attempts = attempts + 1,
                   slack_channel_id = :channel,
                   next_attempt_at = now() + make_interval(secs => :lease),
                   slack_thread_ts = (select root.slack_message_ts from caravan.slack_message_tracking root
                                 where root.thread_key = m.thread_key
                                   and root.organization_id is not distinct from m.organization_id
                                   and root.slack_channel_id = :channel
                                   and root.slack_message_ts is not null and root.slack_thread_ts is null
                                 order by root.created_at, root.id limit 1)
             where m.id = :id and %s
            returning m.*
            """
                .formatted(READY))
        .param("id", id)
        .param("channel", channel)
        .param("lease", LEASE_SECONDS)
        .query(SlackMessageStore::row)
        .optional();
  }

  private static Row row(ResultSet rs, int number) throws SQLException {
    String blocks = rs.getBoolean("without_blocks") ? null : rs.getString("blocks");
    return new Row(
        rs.getObject("id", UUID.class),
        new SlackDestination(rs.getObject("organization_id", UUID.class)),
        rs.getString("message_type"),
        rs.getInt("attempts"),
        rs.getString("content"),
        parsed(blocks),
        rs.getString("slack_thread_ts"));
  }

  private static JsonNode parsed(String blocks) {
    try {
      return blocks == null ? null : JSON.readTree(blocks);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("PostgreSQL returned broken JSON", e);
    }
  }

  /** Lets a message wait whose first attempt is still to come. */
  void queue(UUID id) {
    jdbc.sql(
            """
            update caravan.slack_message_tracking set error_message = 'Waits for its turn.'
             where id = ? and status = 'pending' and attempts = 0 and error_message is null
            """)
        .param(id)
        .update();
  }

  /** Notes the end of a message: sent, or given up. */
  void end(UUID id, SlackOutcome outcome) {
    jdbc.sql(
            """
            update caravan.slack_message_tracking
               set status = ?, error_message = ?, slack_message_ts = ?, wait_until = null,
                   sent_at = case when ? then now() end
             where id = ? and status = 'pending'
            """)
        .params(
            outcome.status().word(),
            outcome.error(),
            outcome.ts(),
            outcome.status() == SlackStatus.SENT,
            id)
        .update();
  }

  /** Lets a message wait for its next attempt. Being asked to wait is no attempt. */
  void postpone(UUID id, SlackOutcome outcome, Duration wait) {
    jdbc.sql(
            """
            update caravan.slack_message_tracking
               set attempts = attempts - case when :quiet then 1 else 0 end,
                   error_message = :error,
                   without_blocks = without_blocks or :plain,
                   next_attempt_at = now() + make_interval(secs => :seconds),
                   wait_until = case when :quiet then now() + make_interval(secs => :seconds) end
             where id = :id and status = 'pending'
            """)
        .param("quiet", outcome.quietFor() != null)
        .param("error", outcome.error())
        .param("plain", outcome.withoutBlocks())
        .param("seconds", wait.toMillis() / 1000.0)
        .param("id", id)
        .update();
  }

  /** The oldest message of each destination that is due again. */
  List<SlackReceipt> due() {
    return jdbc.sql(
            """
            select distinct on (organization_id) id, organization_id, status, error_message
              from caravan.slack_message_tracking m
             where (error_message is not null or created_at < now() - make_interval(secs => ?))
               and %s
             order by organization_id, created_at, id
            """
                .formatted(READY))
        .param(HEAD_START_SECONDS)
        .query(SlackMessageStore::receipt)
        .list();
  }

  /** How it stands with a message. */
  SlackReceipt receipt(UUID id) {
    return jdbc.sql("select * from caravan.slack_message_tracking where id = ?")
        .param(id)
        .query(SlackMessageStore::receipt)
        .single();
  }

  private static SlackReceipt receipt(ResultSet rs, int number) throws SQLException {
    return new SlackReceipt(
        rs.getObject("id", UUID.class),
        new SlackDestination(rs.getObject("organization_id", UUID.class)).key(),
        SlackStatus.ofWord(rs.getString("status")),
        rs.getString("error_message"));
  }

  /** Gives up what is older. */
  int expire(Duration age) {
    return jdbc.sql(
            """
            update caravan.slack_message_tracking
               set status = 'failed',
                   error_message = concat_ws(' ', 'Given up, since it is too old to be news.', error_message)
             where status = 'pending' and created_at < now() - make_interval(secs => ?)
            """)
        .param(age.toSeconds())
        .update();
  }
}
