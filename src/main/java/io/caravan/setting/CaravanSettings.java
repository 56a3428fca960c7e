package io.caravan.setting;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the rest of Caravan asks about its settings. Values are checked by the time anybody can ask.
 *
 * @param encryptionKey 64 hexadecimal digits, or several keys separated by commas
 * @param apiToken bearer token of {@code /api/v1}
 * @param adminPassword of user {@code admin} of the console and Hawtio
 * @param syncSecretKey of {@code /api/internal}; empty where it is not configured
 * @param cronSecret of {@code /api/connectors}; empty where it is not configured
 * @param pipelines by slug
 */
@ConfigurationProperties("caravan")
public record CaravanSettings(
    String encryptionKey,
    String apiToken,
    String adminPassword,
    @DefaultValue("") String syncSecretKey,
    @DefaultValue("") String cronSecret,
    Map<String, PipelineSettings> pipelines) {
  public CaravanSettings {
    pipelines = pipelines == null ? Map.of() : Map.copyOf(pipelines);
  }

  @Override
  public String toString() {
    return "CaravanSettings[pipelines=" + pipelines.keySet() + "]";
  }
}
