package io.caravan.schemasync;

import java.util.List;

/**
 * What a check found in one table of a dataset's file.
 *
 * @param name as the YAML names it
 * @param findings empty when YAML and live schema agree
 */
public record CheckedTable(String name, List<FileFinding> findings) {}
