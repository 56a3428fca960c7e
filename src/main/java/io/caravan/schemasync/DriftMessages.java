package io.caravan.schemasync;

import io.caravan.slack.SlackBlocks;
import io.caravan.slack.SlackDestination;
import io.caravan.slack.SlackMessage;
import io.caravan.slack.SlackText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Words what happened to incidents for the organisation's own channel (SS-09). A dataset has a
 * thread; what is fixed answers in it. Nothing is left out: what does not fit into one message goes
 * on in the next.
 */
@Component
class DriftMessages {
  static final String KIND = "schema_sync";

  /** Of Slack's 50 blocks some are for the heading and the last line. */
  private static final int SECTIONS = 40;

  /** Slack refuses about 13 000 characters in all; escapes make a text longer. */
  private static final int CHARACTERS = 9_000;

  private static final int LONGEST_PART = 700;

  private final SchemaSyncProperties properties;

  DriftMessages(SchemaSyncProperties properties) {
    this.properties = properties;
  }

  /** The messages about these events, in the order in which they are to be read. */
  List<SlackMessage> of(UUID organizationId, List<DriftEvent> events) {
    Map<String, List<DriftEvent>> byThread = new LinkedHashMap<>();
    events.stream()
        .filter(event -> properties.tellResolved() || event.kind() != DriftEvent.Kind.RESOLVED)
        .forEach(
            event ->
                byThread
                    .computeIfAbsent(event.incident().threadKey(), key -> new ArrayList<>())
                    .add(event));
    List<SlackMessage> messages = new ArrayList<>();
    byThread.forEach(
        (thread, own) -> {
          for (DriftEvent.Kind kind : DriftEvent.Kind.values()) {
            List<Incident> incidents =
                own.stream()
                    .filter(event -> event.kind() == kind)
                    .map(DriftEvent::incident)
                    .sorted(Comparator.comparing(Incident::severity))
                    .toList();
            if (!incidents.isEmpty()) {
              pages(kind, incidents).stream()
                  .map(
                      blocks ->
                          new SlackMessage(
                                  KIND,
                                  SlackDestination.organization(organizationId),
                                  SlackText.format("%s", headline(kind, incidents)),
                                  blocks)
                              .inThread(thread))
                  .forEach(messages::add);
            }
          }
        });
    return messages;
  }

  private List<SlackBlocks> pages(DriftEvent.Kind kind, List<Incident> incidents) {
    List<String> sections =
        isOfSource(incidents.getFirst())
            ? ofSource(kind, incidents)
            : incidents.stream().map(incident -> section(kind, incident)).toList();
    List<SlackBlocks> pages = new ArrayList<>();
    int used = SECTIONS;
    int characters = 0;
    for (String section : sections) {
      if (used == SECTIONS || characters + section.length() > CHARACTERS) {
        String more = pages.isEmpty() ? "" : " (continued)";
        pages.add(new SlackBlocks().header(headline(kind, incidents) + more));
        used = 0;
        characters = 0;
      }
      pages.getLast().mrkdwn(section);
      used++;
      characters += section.length();
    }
    pages.getLast().context(footer(kind, incidents.getFirst()).replace("%", "%%"));
    return pages;
  }

  private static boolean isOfSource(Incident incident) {
    return incident.type() == FindingType.UNVERIFIABLE && incident.tableName() == null;
  }

  private static String headline(DriftEvent.Kind kind, List<Incident> incidents) {
    String subject =
        isOfSource(incidents.getFirst())
            ? incidents.size() == 1
                ? incidents.getFirst().datasetName()
                : incidents.size() + " datasets"
            : incidents.getFirst().datasetName();
    return switch (kind) {
      case OPENED -> subject + ": " + counts(incidents);
      case WORSENED -> subject + ": worse than before, " + counts(incidents);
      case REMINDED -> subject + ": still " + counts(incidents);
      case RESOLVED ->
          subject + (isOfSource(incidents.getFirst()) ? ": can be checked again" : ": fixed");
    };
  }

  /** "2 critical, 1 warning". */
  static String counts(List<Incident> incidents) {
    return incidents.stream()
        .collect(Collectors.groupingBy(Incident::severity, TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(
            entry ->
                entry.getKey() == Severity.UNVERIFIABLE
                    ? "could not be checked"
                    : entry.getValue() + " " + entry.getKey().word())
        .collect(Collectors.joining(", "));
  }

  /** Many datasets that one trouble keeps from being checked are one matter. */
  private static List<String> ofSource(DriftEvent.Kind kind, List<Incident> incidents) {
    List<String> sections = new ArrayList<>();
    incidents.stream()
        .collect(Collectors.groupingBy(Incident::message, LinkedHashMap::new, Collectors.toList()))
        .forEach(
            (message, same) -> {
              String names =
                  same.stream()
                      .map(incident -> code(incident.datasetName()))
                      .collect(Collectors.joining(", "));
              sections.add(
                  kind == DriftEvent.Kind.RESOLVED
                      ? ":large_green_circle: " + names
                      : "%s *Could not be checked*: %s%n%s"
                          .formatted(Severity.UNVERIFIABLE.emoji(), names, text(message)));
            });
    return sections;
  }

  private static String section(DriftEvent.Kind kind, Incident incident) {
    String place =
        incident.columnName() == null
            ? incident.tableName()
            : incident.tableName() + "." + incident.columnName();
    if (kind == DriftEvent.Kind.RESOLVED) {
      return ":large_green_circle: *%s* %s: resolved"
          .formatted(incident.type().title(), code(place));
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s *%s* %s".formatted(incident.severity().emoji(), incident.type().title(), code(place)));
    lines.add(text(incident.message()));
    if (incident.suggestion() != null) {
      lines.add("_" + text(incident.suggestion()) + "_");
    }
    if (!incident.usedBy().isEmpty()) {
      lines.add("Breaks: " + text(String.join(", ", incident.usedBy())));
    }
    if (incident.patch() != null) {
      lines.add("```" + plain(incident.patch()) + "```");
    }
    return lines.stream().filter(Objects::nonNull).collect(Collectors.joining("\n"));
  }

  private String footer(DriftEvent.Kind kind, Incident incident) {
    String link =
        properties.publicUrl().isEmpty()
            ? ""
            : " <%s/console/drift?datasetId=%s|Open in Caravan>"
                .formatted(properties.publicUrl(), incident.datasetId());
    return switch (kind) {
      case RESOLVED -> "The YAML and the database agree about it again." + link;
      case REMINDED -> "Open since %s.%s".formatted(incident.openedAt(), link);
      default -> "You are told once, and again when it is fixed." + link;
    };
  }

  private static String code(String name) {
    return "`" + plain(name) + "`";
  }

  /** Within a code span or block. */
  private static String plain(String text) {
    return text(text.replace('`', '\''));
  }

  private static String text(String text) {
    String whole = text.length() <= LONGEST_PART ? text : text.substring(0, LONGEST_PART) + "…";
    return SlackText.escape(whole);
  }
}
