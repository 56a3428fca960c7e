package io.caravan.slack;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Notices that Caravan's own database is away. That is the one failure that no table can hold, so
 * its news goes to the data team past {@code slack_message_tracking}.
 */
@Component
public class OutageWatch {
  private static final Logger LOG = LoggerFactory.getLogger(OutageWatch.class);
  private static final int ANSWER_SECONDS = 5;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  private final DataSource database;
  private final SlackProperties properties;
  private final Clock clock;
  private Instant since;
  private boolean told;
  private String end;

  @Autowired
  OutageWatch(DataSource database, SlackProperties properties) {
    this(database, properties, Clock.systemUTC());
  }

  OutageWatch(DataSource database, SlackProperties properties, Clock clock) {
    this.database = database;
    this.properties = properties;
    this.clock = clock;
  }

  /**
   * Looks whether the database answers.
   *
   * @return what to tell the data team of an outage that lasts, and then of its end, each until it
   *     is {@link #delivered}; null when there is nothing to tell or nobody to be told
   */
  public synchronized String look() {
    boolean answers = answers();
    Instant now = clock.instant();
    if (answers) {
      if (since != null) {
        end(Duration.between(since, now));
      }
      return end;
    }
    end = null;
    if (since == null) {
      since = now;
      LOG.error("Caravan's database does not answer");
    }
    boolean lasts = Duration.between(since, now).compareTo(properties.outageAfter()) >= 0;
    return told || !lasts || properties.dataTeamWebhookUrl().isEmpty()
        ? null
        : ":red_circle: Caravan has not reached its own database since %s. No sync runs until it is back; look at the server that DATABASE_URL names."
            .formatted(TIME.format(since));
  }

  private void end(Duration away) {
    LOG.info("Caravan's database answers again, after {} s", away.toSeconds());
    if (told) {
      end =
          ":large_green_circle: Caravan's own database answers again. It was away for %d s; runs that it stopped go on by themselves."
              .formatted(away.toSeconds());
    }
    since = null;
    told = false;
  }

  /** Slack has taken what {@link #look} said last. */
  public synchronized void delivered() {
    told = end == null && since != null;
    end = null;
  }

  /** Of the data team. Only old webhooks look at it. */
  public String channel() {
    String channel = properties.dataTeamChannelId();
    return channel.isEmpty() ? "#data-team" : channel;
  }

  private boolean answers() {
    try (Connection connection = database.getConnection()) {
      return connection.isValid(ANSWER_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }
}
