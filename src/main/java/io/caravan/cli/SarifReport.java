package io.caravan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.schemasync.CheckedFile;
import io.caravan.schemasync.FileFinding;
import io.caravan.schemasync.FindingType;
import io.caravan.schemasync.Severity;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.web.util.UriUtils;

/**
 * The report as SARIF 2.1.0, as GitHub code scanning takes it.
 *
 * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">the standard</a>
 */
final class SarifReport {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  private SarifReport() {}

  static void write(SchemaReport report, PrintWriter out) throws IOException {
    ObjectNode sarif = JsonNodeFactory.instance.objectNode();
    sarif.put("$schema", SCHEMA).put("version", "2.1.0");
    ObjectNode run = sarif.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "Caravan schema check").put("semanticVersion", CaravanCommand.VERSION);
    ArrayNode rules = driver.putArray("rules");
    for (FindingType type : FindingType.values()) {
      ObjectNode rule = rules.addObject().put("id", type.word()).put("name", type.title());
      rule.putObject("shortDescription").put("text", type.title());
      rule.putObject("fullDescription").put("text", description(type));
      rule.putObject("defaultConfiguration").put("level", level(type));
    }
    ArrayNode results = run.putArray("results");
    for (CheckedFile file : report.files()) {
      file.findings().forEach(finding -> result(results.addObject(), file.file(), finding));
    }
    JsonReport.write(sarif, out);
  }

  private static void result(ObjectNode result, String file, FileFinding finding) {
    result
        .put("ruleId", finding.type().word())
        .put("ruleIndex", finding.type().ordinal())
        .put("level", level(finding.severity()));
    result
        .putObject("message")
        .put(
            "text",
            Stream.of(finding.message(), finding.suggestion(), finding.patch())
                .filter(text -> text != null)
                .collect(Collectors.joining("\n")));
    ObjectNode place = result.putArray("locations").addObject().putObject("physicalLocation");
    place.putObject("artifactLocation").put("uri", uri(file)).put("uriBaseId", "%SRCROOT%");
    // What is about the whole file is shown at its beginning.
    place.putObject("region").put("startLine", finding.line() == null ? 1 : finding.line());
  }

  /** A colon in the first segment would look like a scheme. */
  private static String uri(String file) {
    return Stream.of(file.split("/"))
        .map(segment -> UriUtils.encodePathSegment(segment, UTF_8).replace(":", "%3A"))
        .collect(Collectors.joining("/"));
  }

  private static String level(Severity severity) {
    return switch (severity) {
      case CRITICAL, UNVERIFIABLE -> "error";
      case WARNING -> "warning";
      case INFO -> "note";
    };
  }

  private static String level(FindingType type) {
    return switch (type) {
      case MISSING_TABLE, MISSING_COLUMN, UNVERIFIABLE -> "error";
      case TYPE_MISMATCH -> "warning";
      case NULLABLE, UNKNOWN_COLUMN -> "note";
    };
  }

  private static String description(FindingType type) {
    return switch (type) {
      case MISSING_TABLE -> "The YAML describes a table that the database does not have.";
      case MISSING_COLUMN -> "The YAML uses a column that its table does not have.";
      case TYPE_MISMATCH -> "A column holds something else than the YAML says.";
      case NULLABLE -> "The YAML excludes nulls that the database allows.";
      case UNKNOWN_COLUMN -> "The table has a column that the YAML does not name.";
      case UNVERIFIABLE -> "The file or the schema could not be read, so nothing is known.";
    };
  }
}
