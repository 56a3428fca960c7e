package io.caravan.bluegreen;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.slack.SlackBlocks;
import io.caravan.slack.SlackDestination;
import io.caravan.slack.SlackMessage;
import io.caravan.slack.SlackText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.springframework.stereotype.Component;

/** What the data team is told about releases (requirements, section 4 items 2 and 4). */
@Component
public class ReleaseNews {
  private final Releases releases;

  ReleaseNews(Releases releases) {
    this.releases = releases;
  }

  /** About the releases that ended and nobody was told about, oldest first. */
  public List<SlackMessage> untold() {
    return releases.takeUntold().stream().map(this::message).filter(Objects::nonNull).toList();
  }

  /**
   * @return null when it would say again what the one before said
   */
  private SlackMessage message(Releases.Release release) {
    return switch (release.status()) {
      case "rejected" -> repeats(release) ? null : rejected(release);
      case "failed" -> repeats(release) ? null : failed(release);
      default -> published(release);
    };
  }

  /** A source that is down is told once, not with every run. */
  private boolean repeats(Releases.Release release) {
    Optional<Releases.Release> before = releases.before(release.release());
    return before
        .filter(
            b ->
                b.status().equals(release.status()) && Objects.equals(b.reason(), release.reason()))
        .isPresent();
  }

  private static SlackMessage published(Releases.Release release) {
    String headline = "Release %d is live".formatted(release.release());
    SlackBlocks blocks = new SlackBlocks().header(headline);
    List<String> changes = changes(release);
    blocks.section(
        changes.isEmpty()
            ? "%d entities, %d rows.".formatted(release.entities().size(), rows(release))
            : String.join("\n", changes));
    if (release.reason() != null) {
      blocks.section("Forced: %s", release.reason());
    }
    return message("bluegreen-release-published", headline, blocks);
  }

  private static long rows(Releases.Release release) {
    return release.entities().stream().mapToLong(Releases.Part::rows).sum();
  }

  /** "talents: 12 added, 1 removed", for those that changed. */
  private static List<String> changes(Releases.Release release) {
    List<String> lines = new ArrayList<>();
    for (Releases.Part part : release.entities()) {
      List<String> words = new ArrayList<>();
      word(words, part.added(), "added");
      word(words, part.changed(), "changed");
      word(words, part.removed(), "removed");
      if (!words.isEmpty()) {
        lines.add("• `%s`: %s".formatted(part.entity(), String.join(", ", words)));
      }
    }
    return lines;
  }

  private static void word(List<String> words, Long count, String what) {
    if (count != null && count > 0) {
      words.add(count + " " + what);
    }
  }

  private static SlackMessage rejected(Releases.Release release) {
    String headline = "Release %d was refused".formatted(release.release());
    SlackBlocks blocks =
        new SlackBlocks().header(headline).section("What is live stays. Audits that did not pass:");
    StreamSupport.stream(release.audits().spliterator(), false)
        .filter(audit -> !audit.path("passed").asBoolean())
        .map(ReleaseNews::line)
        .forEach(line -> blocks.section("%s", line));
    blocks.context("To publish it all the same, start a run with force and a reason.");
    return message("bluegreen-release-rejected", headline, blocks);
  }

  private static String line(JsonNode audit) {
    return "• %s (%s)".formatted(audit.path("message").asText(), audit.path("audit").asText());
  }

  private static SlackMessage failed(Releases.Release release) {
    String headline = "Release %d failed".formatted(release.release());
    return message(
        "bluegreen-release-failed",
        headline,
        new SlackBlocks()
            .header(headline)
            .section("What is live stays. %s", String.valueOf(release.reason()))
            .context("The same failure of the next runs is not told again."));
  }

  /** About a release that somebody made live again. */
  public SlackMessage rolledBack(Releases.Release release, BlueGreen.Activation activation) {
    String headline = "Release %d is live again".formatted(release.release());
    return message(
        "bluegreen-release-activated",
        headline,
        new SlackBlocks()
            .header(headline)
            .section("It was activated by hand: %s", activation.reason())
            .context("The next run publishes anew unless this release is pinned."));
  }

  private static SlackMessage message(String kind, String headline, SlackBlocks blocks) {
    return new SlackMessage(
        kind, SlackDestination.dataTeam(), SlackText.format("%s", headline), blocks);
  }
}
