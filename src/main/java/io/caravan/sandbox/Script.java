package io.caravan.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.DigestUtils;

/** A file of SQL below resources/sandbox. */
record Script(String path) {

  String text() {
    try {
      return new ClassPathResource("sandbox/" + path).getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Names what a set of scripts makes. A warehouse made by other scripts than today's has another
   * edition and is made again, so that the sample never lags behind the columns that are asked of
   * it.
   */
  static String editionOf(Script... scripts) {
    String all = Arrays.stream(scripts).map(Script::text).collect(Collectors.joining());
    return DigestUtils.md5DigestAsHex(all.getBytes(StandardCharsets.UTF_8));
  }
}
