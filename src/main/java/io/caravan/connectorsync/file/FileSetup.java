package io.caravan.connectorsync.file;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.failure.InvalidInputException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * What is said of files in a connector's config, wherever they are.
 *
 * @param path a pattern of names, or an address
 * @param format null for what a file's name says
 * @param resource null for what the path says
 * @param each whether each file is a list of its own
 * @param written the whole config: files are read anew when it changes
 */
record FileSetup(
    String path,
    FileFormat format,
    String resource,
    List<String> primaryKey,
    boolean each,
    Options options,
    String written) {

  /**
   * How a file is to be read.
   *
   * @param delimiter null when it is to be found out
   * @param quote empty for none
   * @param sheet null for the first
   */
  record Options(
      String delimiter,
      String quote,
      boolean header,
      Charset encoding,
      String sheet,
      JsonPointer recordPath) {}

  /**
   * @param config that its type's JSON Schema accepted
   * @throws InvalidInputException what the schema cannot know
   */
  static FileSetup of(JsonNode config) {
    return new FileSetup(
        config.path("path").asText(),
        config.hasNonNull("format") ? FileFormat.ofName(config.get("format").asText()) : null,
        config.path("resource").textValue(),
        key(config.path("primaryKey")),
        config.path("mode").asText().equals("each"),
        options(config.path("options")),
        config.toString());
  }

  private static List<String> key(JsonNode key) {
    return key.isTextual()
        ? List.of(key.textValue())
        : StreamSupport.stream(key.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static Options options(JsonNode options) {
    return new Options(
        options.path("delimiter").textValue(),
        options.path("quote").asText("\""),
        options.path("header").asBoolean(true),
        encoding(options.path("encoding").textValue()),
        options.path("sheet").textValue(),
        JsonPointer.compile(options.path("recordPath").asText("")));
  }

  private static Charset encoding(String name) {
    try {
      return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new InvalidInputException(
          "config.options.encoding: is not known; write a name like UTF-8 or windows-1252.");
    }
  }

  /** Of a file: as the config says, or its name. */
  FileFormat formatOf(String file) {
    return format == null ? FileFormat.ofFile(file) : format;
  }
}
