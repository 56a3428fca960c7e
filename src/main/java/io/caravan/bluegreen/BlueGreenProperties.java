package io.caravan.bluegreen;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How releases are made.
 *
 * @param sourceUrl base URL of the Blue API; empty where there is none
 * @param entities the entity file: a path, or {@code classpath:…}
 * @param keep how many releases there are at most, the live one included; at least 2
 * @param smallestShare an entity with fewer rows than this share of what is live fails the audit
 * @param mostSetAside an entity of whose records a greater share is set aside fails the audit
 * @param largestPayload bytes of a path's payload, all its pages together; it is put aside on disk
 * @param largestStored bytes of a body that store-json takes
 * @param longestTransform how long a caller of the transform endpoint is kept waiting
 * @param lockTimeout how long publishing waits for readers before it steps back and tries again
 */
@ConfigurationProperties("caravan.bluegreen")
public record BlueGreenProperties(
    @DefaultValue("") String sourceUrl,
    @DefaultValue("classpath:routes/bluegreen-entities.yaml") String entities,
    @DefaultValue("3") int keep,
    @DefaultValue("0.5") double smallestShare,
    @DefaultValue("0.05") double mostSetAside,
    @DefaultValue("8GB") DataSize largestPayload,
    @DefaultValue("256MB") DataSize largestStored,
    @DefaultValue("10m") Duration longestTransform,
    @DefaultValue("20ms") Duration lockTimeout) {
  public BlueGreenProperties {
    sourceUrl = sourceUrl.strip().replaceAll("/+$", "");
  }
}
