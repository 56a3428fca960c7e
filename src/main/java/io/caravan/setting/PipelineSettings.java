package io.caravan.setting;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a pipeline runs; one block a pipeline below {@code caravan.pipelines}.
 *
 * @param title what people see
 * @param cron five fields in UTC, or {@code off}
 * @param runTimeout a run that takes longer ends as {@code timed_out} with its report (SV-02)
 * @param itemTimeout an item that takes longer is stopped, all its attempts together (SV-05)
 * @param parallelItems so many items are worked on at a time (SV-04)
 * @param itemsPerLane so many of them in one lane, for example one customer's database
 * @param oneAtATime whether runs over a part exclude others as whole runs do
 * @param catchUp whether a firing missed while no Caravan was up is made good once
 */
public record PipelineSettings(
    String title,
    @DefaultValue("off") String cron,
    @DefaultValue("3600s") Duration runTimeout,
    @DefaultValue("300s") Duration itemTimeout,
    @DefaultValue("10") int parallelItems,
    @DefaultValue("2") int itemsPerLane,
    @DefaultValue("false") boolean oneAtATime,
    @DefaultValue("false") boolean catchUp) {}
