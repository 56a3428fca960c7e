/**
 * What Caravan says in Slack: messages within Slack's limits, where they go, and the record of each
 * in {@code caravan.slack_message_tracking}.
 *
 * <p>What is particular about Slack: errors of the Web API come with HTTP 200 and {@code ok:
 * false}, those of a webhook as plain text; both answer 429 with {@code Retry-After} at much more
 * than one message a second in a channel; a webhook tells no timestamp, so nothing can be put into
 * a thread there; and the URL of a webhook is itself the secret.
 */
package io.caravan.slack;
