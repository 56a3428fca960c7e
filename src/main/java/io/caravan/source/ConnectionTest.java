package io.caravan.source;

/**
 * What trying to connect came to.
 *
 * @param message for people: what answered, or why nothing did and what to do
 * @param latencyMs from the start until the probe was answered or given up, in milliseconds
 */
public record ConnectionTest(boolean ok, String message, long latencyMs) {}
