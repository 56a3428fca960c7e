package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Dates and times as Airtable takes them. */
final class AirtableDates {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final DateTimeFormatter US = DateTimeFormatter.ofPattern("M/d/uuuu", Locale.US);

  private final boolean typecast;

  AirtableDates(boolean typecast) {
    this.typecast = typecast;
  }

  /**
   * A day; of timestamps only midnight in UTC is one.
   *
   * @throws Refusal when it is none
   */
  JsonNode date(AirtableField field, JsonNode given) {
    if (typecast && given.asText().isBlank()) {
      return null;
    }
    String text = text(field, given);
    LocalDate day =
        parsed(text, LocalDate::parse)
            .or(
                () ->
                    parsed(text, OffsetDateTime::parse)
                        .map(time -> time.withOffsetSameInstant(ZoneOffset.UTC))
                        .filter(time -> typecast || time.toLocalTime().equals(LocalTime.MIDNIGHT))
                        .map(OffsetDateTime::toLocalDate))
            .or(() -> typecast ? parsed(text, us -> LocalDate.parse(us, US)) : Optional.empty())
            .orElseThrow(() -> unreadable(field, text));
    return JSON.textNode(day.toString());
  }

  /**
   * A moment; without an offset it is read in the field's time zone.
   *
   * @throws Refusal when it is none
   */
  JsonNode dateTime(AirtableField field, JsonNode given) {
    if (typecast && given.asText().isBlank()) {
      return null;
    }
    String text = text(field, given);
    ZoneId zone = zone(field);
    Instant moment =
        parsed(text, OffsetDateTime::parse)
            .map(OffsetDateTime::toInstant)
            .or(() -> parsed(text, LocalDateTime::parse).map(time -> time.atZone(zone).toInstant()))
            .or(
                () ->
                    parsed(text.replace(' ', 'T'), LocalDateTime::parse)
                        .map(time -> time.atZone(zone).toInstant()))
            .or(() -> parsed(text, LocalDate::parse).map(day -> day.atStartOfDay(zone).toInstant()))
            .orElseThrow(() -> unreadable(field, text));
    return JSON.textNode(AirtableValues.text(moment));
  }

  private static ZoneId zone(AirtableField field) {
    String name = field.options().path("timeZone").asText("utc");
    return name.equals("utc") || name.equals("client") ? ZoneOffset.UTC : ZoneId.of(name);
  }

  private static String text(AirtableField field, JsonNode given) {
    if (!given.isTextual()) {
      throw AirtableErrors.invalidValue(field.name());
    }
    return given.asText();
  }

  private static Refusal unreadable(AirtableField field, String text) {
    return AirtableErrors.invalidColumnValue(
        "Cannot parse date value \"%s\" for field %s".formatted(text, field.name()));
  }

  private static <T> Optional<T> parsed(String text, Function<String, T> how) {
    try {
      return Optional.of(how.apply(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
