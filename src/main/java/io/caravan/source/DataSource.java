package io.caravan.source;

import java.util.UUID;

/**
 * A customer's database as the API shows it (CONTRACT section 3). Its password is never part of
 * this.
 *
 * @param jdbcUrl holds no secret, see {@link JdbcUrlCheck}
 * @param username null when the URL or the file needs none
 */
public record DataSource(
    UUID id,
    UUID organizationId,
    String name,
    SourceType type,
    String jdbcUrl,
    String username,
    boolean onboardingCompleted) {}
