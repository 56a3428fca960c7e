package io.caravan.console;

import com.cronutils.descriptor.CronDescriptor;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.caravan.run.RunStatus;
import io.caravan.setting.Cron;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** How times, states and schedules read, for templates: {@code @words}. */
@Component
class Words {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final CronParser CRON =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  private final ObjectWriter json;

  Words(ObjectMapper mapper) {
    this.json = mapper.writerWithDefaultPrettyPrinter();
  }

  /** "2026-11-22 19:30:00 UTC"; a dash for null. */
  public String utc(Instant time) {
    return time == null ? "–" : UTC.format(time);
  }

  /** "5 min ago", "in 3 h"; a dash for null. */
  public String distance(Instant time) {
    if (time == null) {
      return "–";
    }
    Duration passed = Duration.between(time, Instant.now());
    if (passed.abs().toSeconds() < 2) {
      return "now";
    }
    return passed.isNegative() ? "in " + rough(passed.abs()) : rough(passed) + " ago";
  }

  private static String rough(Duration time) {
    if (time.toMinutes() < 1) {
      return time.toSeconds() + " s";
    }
    if (time.toHours() < 1) {
      return time.toMinutes() + " min";
    }
    return time.toDays() < 2 ? time.toHours() + " h" : time.toDays() + " days";
  }

  /** "320 ms", "4.2 s", "3 min 12 s", "1 h 5 min"; a dash for null. */
  public String duration(Long millis) {
    if (millis == null) {
      return "–";
    }
    Duration time = Duration.ofMillis(millis);
    if (time.toSeconds() < 1) {
      return millis + " ms";
    }
    if (time.toMinutes() < 1) {
      return "%.1f s".formatted(millis / 1000.0);
    }
    return time.toHours() < 1
        ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
        : time.toHours() + " h " + time.toMinutesPart() + " min";
  }

  /** "timed out". */
  public String status(RunStatus status) {
    return status.word().replace('_', ' ');
  }

  /**
   * A schedule for people who do not read cron: "at 02:00 UTC". Some expressions have no words;
   * they stay as they are.
   */
  public String schedule(String cron) {
    if (!new Cron(cron).enabled()) {
      return "only on request";
    }
    try {
      String words =
          CronDescriptor.instance(Locale.UK)
              .describe(CRON.parse(cron))
              .replaceAll("at (\\p{L}+day) day", "on $1s");
      return words.contains(":") ? words + " UTC" : words;
    } catch (IllegalArgumentException e) {
      return cron + " UTC";
    }
  }

  /** JSON in lines, to be read. */
  public String json(JsonNode tree) throws JsonProcessingException {
    return json.writeValueAsString(tree);
  }
}
