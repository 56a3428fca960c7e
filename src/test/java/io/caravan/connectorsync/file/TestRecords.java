package io.caravan.connectorsync.file;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.failure.StopSignal;
import io.caravan.reach.TestWeb;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.util.unit.DataSize;

/** Keeps what a file gives. */
final class TestRecords implements Records {
  private static final ObjectMapper JSON = new ObjectMapper();

  final StopSignal stop = new StopSignal();
  final List<ObjectNode> records = new ArrayList<>();
  final List<String> leftOut = new ArrayList<>();
  final List<String> seen = new ArrayList<>();
  private final Path folder;

  TestRecords(Path folder) {
    this.folder = folder;
  }

  /** Reads a file as a connector with this config does. */
  TestRecords read(String name, byte[] content, String config) throws IOException {
    return read(Files.write(folder.resolve(name), content), config);
  }

  TestRecords read(String name, String content, String config) throws IOException {
    return read(name, content.getBytes(StandardCharsets.UTF_8), config);
  }

  TestRecords read(Path file, String config) throws IOException {
    FileSetup setup = FileSetup.of(JSON.readTree(config));
    String name = file.getFileName().toString();
    FileProperties properties =
        new FileProperties(List.of(folder), 1_000, DataSize.ofMegabytes(128));
    new FileReading(properties, new Scratch(TestWeb.BOUNDS))
        .read(setup, setup.formatOf(name), name, file, this);
    return this;
  }

  /** Every record as JSON, without the quotes around names. */
  String shown() {
    return records.stream().map(JsonNode::toString).collect(Collectors.joining("\n"));
  }

  @Override
  public void record(ObjectNode record) {
    records.add(record);
  }

  @Override
  public void leftOut(String reason, String shown) {
    leftOut.add(reason);
    seen.add(shown);
  }

  @Override
  public void page(InputStream json, JsonPointer path) throws IOException {
    JSON.readTree(json).at(path).forEach(record -> records.add((ObjectNode) record));
  }

  @Override
  public StopSignal stop() {
    return stop;
  }
}
