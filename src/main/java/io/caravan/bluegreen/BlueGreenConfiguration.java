package io.caravan.bluegreen;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;

@Configuration
class BlueGreenConfiguration {
  /**
   * @throws io.caravan.failure.InvalidInputException names everything that is wrong with the file
   */
  @Bean
  EntitySet blueGreenEntities(BlueGreenProperties properties, ResourceLoader resources)
      throws IOException {
    String file = properties.entities();
    return EntityFile.read(
        file, resources.getResource(file).getContentAsString(StandardCharsets.UTF_8));
  }
}
