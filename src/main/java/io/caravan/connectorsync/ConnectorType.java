package io.caravan.connectorsync;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A kind of connector that is installed: {@code routes/connectors/<type>.camel.yaml} with a JSON
 * Schema beside it.
 *
 * @param schema of an object with {@code config} and {@code credentials}; null when it is broken
 * @param error why it cannot be used; null when it can
 */
public record ConnectorType(
    String type, String title, String description, JsonNode schema, String error) {}
