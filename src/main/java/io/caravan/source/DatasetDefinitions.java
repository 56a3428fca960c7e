package io.caravan.source;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.caravan.failure.InvalidInputException;
import org.springframework.stereotype.Component;

/**
 * What datasets' YAML says, read once for as long as it stays the same: a daily check asks again
 * for thousands that nobody has touched.
 */
@Component
public class DatasetDefinitions {
  /** Characters of YAML. What is read from them takes some ten times their memory. */
  private static final long MOST = 4_000_000;

  private final Cache<Yaml, DatasetDefinition> read =
      Caffeine.newBuilder()
          .maximumWeight(MOST)
          .<Yaml, DatasetDefinition>weigher((yaml, definition) -> yaml.text().length())
          .build();

  private record Yaml(String text, String datasetName) {}

  /**
   * What a dataset's YAML says.
   *
   * @throws InvalidInputException with line and column; YAML is checked when it is written, but by
   *     the rules of that day
   */
  public DatasetDefinition of(Dataset dataset) {
    return read.get(
        new Yaml(dataset.yml(), dataset.name()),
        yaml -> DatasetDefinition.parse(yaml.text(), yaml.datasetName()));
  }
}
