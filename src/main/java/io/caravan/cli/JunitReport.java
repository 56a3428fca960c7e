package io.caravan.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.caravan.schemasync.CheckedFile;
import io.caravan.schemasync.CheckedTable;
import io.caravan.schemasync.FileFinding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The report as JUnit's XML: a suite for each file, a case for each table. */
final class JunitReport {
  private final SchemaReport report;
  private final XMLStreamWriter xml;

  private JunitReport(SchemaReport report, XMLStreamWriter xml) {
    this.report = report;
    this.xml = xml;
  }

  static void write(SchemaReport report, PrintWriter out) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      XMLStreamWriter xml =
          XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, US_ASCII.name());
      new JunitReport(report, xml).write();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException("the XML could not be written", e);
    }
    out.println(bytes.toString(US_ASCII));
  }

  private void write() throws XMLStreamException {
    List<List<CheckedTable>> suites = report.files().stream().map(JunitReport::cases).toList();
    xml.writeStartDocument(US_ASCII.name(), "1.0");
    xml.writeStartElement("testsuites");
    attribute("name", "caravan schema check");
    counts(suites.stream().flatMap(List::stream).toList());
    for (int i = 0; i < suites.size(); i++) {
      suite(report.files().get(i).file(), suites.get(i));
    }
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  /** What is about a whole file is a case of its own. */
  private static List<CheckedTable> cases(CheckedFile file) {
    List<CheckedTable> cases = new ArrayList<>(file.tables());
    if (file.unreadable() != null) {
      cases.add(new CheckedTable("(the whole file)", List.of(file.unreadable())));
    }
    return cases;
  }

  private void suite(String file, List<CheckedTable> cases) throws XMLStreamException {
    xml.writeStartElement("testsuite");
    attribute("name", file);
    counts(cases);
    for (CheckedTable table : cases) {
      xml.writeStartElement("testcase");
      attribute("classname", file);
      attribute("name", table.name());
      attribute("time", "0");
      findings(file, table);
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private void counts(List<CheckedTable> cases) throws XMLStreamException {
    attribute("tests", String.valueOf(cases.size()));
    attribute("failures", String.valueOf(cases.stream().filter(this::fails).count()));
    attribute("errors", "0");
    attribute("skipped", "0");
    attribute("time", "0");
  }

  private boolean fails(CheckedTable table) {
    return table.findings().stream().anyMatch(report::fails);
  }

  /** One failure element holds them all, since some readers look at the first one only. */
  private void findings(String file, CheckedTable table) throws XMLStreamException {
    List<FileFinding> failures = table.findings().stream().filter(report::fails).toList();
    if (!failures.isEmpty()) {
      xml.writeStartElement("failure");
      attribute("type", failures.getFirst().type().word());
      attribute(
          "message",
          failures.getFirst().message()
              + (failures.size() == 1 ? "" : " (and %d more)".formatted(failures.size() - 1)));
      text(file, failures);
      xml.writeEndElement();
    }
    List<FileFinding> others =
        table.findings().stream().filter(finding -> !report.fails(finding)).toList();
    if (!others.isEmpty()) {
      xml.writeStartElement("system-out");
      text(file, others);
      xml.writeEndElement();
    }
  }

  private void text(String file, List<FileFinding> findings) throws XMLStreamException {
    xml.writeCharacters(
        allowed(
            findings.stream()
                .map(finding -> words(file, finding))
                .collect(Collectors.joining("\n"))));
  }

  private static String words(String file, FileFinding finding) {
    String place = file + (finding.line() == null ? "" : ":" + finding.line());
    return Stream.of(
            finding.severity().word() + " " + place + ": " + finding.message(),
            finding.suggestion(),
            finding.patch())
        .filter(text -> text != null)
        .collect(Collectors.joining("\n"));
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, allowed(value));
  }

  /** XML 1.0 has no way to write most control characters, not even escaped. */
  private static String allowed(String text) {
    return text.replaceAll(
        "[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]", "");
  }
}
