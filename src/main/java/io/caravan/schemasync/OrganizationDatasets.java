package io.caravan.schemasync;

import java.util.List;

/**
 * What is to be checked for one organisation.
 *
 * @param dataSources how many data sources it has that are set up
 * @param datasets how many datasets are to be checked
 * @param groups by schema
 * @param unreadable datasets whose YAML cannot be read, with that as their finding
 */
record OrganizationDatasets(
    int dataSources, int datasets, List<SchemaGroup> groups, List<CheckedDataset> unreadable) {}
