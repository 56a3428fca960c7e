package io.caravan.connectorsync.file;

import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What connectors may read of files.
 *
 * @param folders whose files connectors may read; they see nothing else of this machine's disks
 * @param mostFiles that one path may match
 * @param duckdbMemory that reading one CSV or Parquet file may take
 */
@ConfigurationProperties("caravan.connectorsync")
public record FileProperties(
    @DefaultValue("data/files") List<Path> folders,
    @DefaultValue("10000") int mostFiles,
    @DefaultValue("256MB") DataSize duckdbMemory) {}
