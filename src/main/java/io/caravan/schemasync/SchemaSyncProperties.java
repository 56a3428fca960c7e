package io.caravan.schemasync;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How schemas are checked and who is told.
 *
 * @param remindCriticalAfter a critical incident that nobody acknowledged is told again after so
 *     long; zero for never
 * @param remindWarningAfter likewise for a warning and for what cannot be verified
 * @param tellInfos whether findings that break nothing are told; they are incidents all the same
 * @param tellResolved whether the end of an incident is told
 * @param reportUnknownColumns whether live columns that the YAML does not name are findings of
 *     severity info
 * @param messagesAtOnce so many messages to one organisation are waited for in the run; the others
 *     follow at the pace that Slack allows
 * @param publicUrl base URL of this Caravan for links in messages; empty for no links
 */
@ConfigurationProperties("caravan.schemasync")
public record SchemaSyncProperties(
    @DefaultValue("7d") Duration remindCriticalAfter,
    @DefaultValue("0") Duration remindWarningAfter,
    @DefaultValue("false") boolean tellInfos,
    @DefaultValue("true") boolean tellResolved,
    @DefaultValue("false") boolean reportUnknownColumns,
    @DefaultValue("10") int messagesAtOnce,
    @DefaultValue("") String publicUrl) {}
