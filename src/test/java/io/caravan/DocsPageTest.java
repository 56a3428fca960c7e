package io.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

class DocsPageTest {
  private static final String PAGE = "static/docs/index.html";

  @Test
  void everyFileThePageAsksForIsPackedWithUs() throws Exception {
    List<String> asked = addresses("(?:href|src)=\"(/(?:webjars|docs)/[^\"]+)\"");

    assertThat(asked).hasSizeGreaterThanOrEqualTo(5);
    assertThat(asked)
        .allSatisfy(
            address -> {
              String folder = address.startsWith("/docs/") ? "static" : "META-INF/resources";
              assertThat(new ClassPathResource(folder + address).exists()).isTrue();
            });
  }

  @Test
  void asksNoOtherHost() throws Exception {
    assertThat(addresses("(?:href|src)=\"([^\"]+)\"")).allMatch(address -> address.startsWith("/"));
  }

  private static List<String> addresses(String pattern) throws Exception {
    String page = new ClassPathResource(PAGE).getContentAsString(StandardCharsets.UTF_8);
    return Pattern.compile(pattern).matcher(page).results().map(found -> found.group(1)).toList();
  }
}
