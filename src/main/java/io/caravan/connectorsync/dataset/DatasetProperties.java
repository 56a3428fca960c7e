package io.caravan.connectorsync.dataset;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What datasets take.
 *
 * @param largestRecord bytes of a record in its source's JSON; a larger one is set aside
 */
@ConfigurationProperties("caravan.connectorsync.datasets")
public record DatasetProperties(@DefaultValue("10MB") DataSize largestRecord) {}
