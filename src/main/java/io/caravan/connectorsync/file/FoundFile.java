package io.caravan.connectorsync.file;

import java.nio.file.Path;

/**
 * A file that is to be read.
 *
 * @param name below the folder, the bucket or the container it is in
 * @param size bytes; below 0 when that shows only when it is read
 * @param mark differs after each change: a time, or an ETag; null when that shows only when it is
 *     read
 * @param path where it is on disk, links resolved; null when it has to be fetched
 */
public record FoundFile(String name, long size, String mark, Path path) {}
