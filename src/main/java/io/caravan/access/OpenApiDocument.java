package io.caravan.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API's contract as JSON: the same document that requests are checked against. */
@RestController
class OpenApiDocument {
  private final byte[] json;

  OpenApiDocument() throws IOException {
    try (var yaml = new ClassPathResource("openapi.yaml").getInputStream()) {
      json = new ObjectMapper().writeValueAsBytes(new YAMLMapper().readTree(yaml));
    }
  }

  @GetMapping(path = "/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
  byte[] document() {
    return json;
  }
}
