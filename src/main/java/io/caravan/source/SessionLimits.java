package io.caravan.source;

import java.time.Duration;

/**
 * What the server itself shall enforce in a session, should this process not be there to do it any
 * more.
 *
 * @param statement how long one statement may run
 * @param lock how long a statement may wait for a lock
 */
public record SessionLimits(Duration statement, Duration lock) {}
