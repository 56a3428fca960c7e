package io.caravan.connectorsync;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Puts connector types into the folder that the shared context looks into. */
final class TestTypes {
  static final Path FOLDER = Path.of("target", "connector-types");

  private static final String SCHEMA =
      """
      {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Weather", "description": "Stations",
       "type": "object", "properties": {
         "config": {"type": "object", "required": ["station"], "additionalProperties": false,
           "properties": {"station": {"type": "string", "minLength": 1}, "days": {"type": "integer", "maximum": 31}}},
         "credentials": {"type": "object", "additionalProperties": false,
           "properties": {"apiKey": {"type": "string", "writeOnly": true}}}}}
      """;

  private TestTypes() {}

  /** A type with a name of its own: a station, a number of days, and an API key. */
  static String weather() {
    String name = "weather-" + UUID.randomUUID().toString().substring(0, 8);
    write(name + ".schema.json", SCHEMA);
    write(
        name + ".camel.yaml",
        """
        - routeTemplate:
            id: connector-%s
            from:
              uri: "direct:connector-%s"
              steps:
                - log: "nothing"
        """
            .formatted(name, name));
    return name;
  }

  static void write(String file, String text) {
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(FOLDER.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void remove(String file) {
    try {
      Files.deleteIfExists(FOLDER.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
