package io.caravan.blue;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A sync that Blue asked for, as it is shown.
 *
 * @param status {@code running}, how Green ended it, or {@code interrupted} when it was followed no
 *     longer because Caravan stopped
 * @param success whether Green has published; null while it runs
 * @param taskId Green's name of the task; null when no Green accepted it yet
 * @param target base URL of the Green that accepted it; null as long as none did
 * @param durationMs so far, while it runs
 * @param notes why targets before that one were passed over
 * @param error what went wrong, in words; null when nothing did
 */
public record BlueSync(
    UUID id,
    String status,
    Boolean success,
    String taskId,
    String target,
    List<StatusCheck> statusChecks,
    Instant startedAt,
    Instant finishedAt,
    long durationMs,
    List<String> notes,
    String error) {}
