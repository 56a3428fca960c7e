package io.caravan.schemasync;

import io.caravan.slack.SlackReceipt;
import java.util.List;

/**
 * An organisation whose incidents are settled and whose messages are recorded.
 *
 * @param receipts of all messages about it
 * @param firstReceipts of those that are sent at once
 */
record Settled(
    OrganizationDatasets datasets,
    List<CheckedDataset> checked,
    List<DriftEvent> events,
    List<SlackReceipt> receipts,
    List<SlackReceipt> firstReceipts) {}
