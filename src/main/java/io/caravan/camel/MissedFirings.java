package io.caravan.camel;

import io.caravan.run.Runs;
import org.quartz.Trigger;
import org.quartz.listeners.TriggerListenerSupport;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.quartz.SchedulerFactoryBeanCustomizer;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;
import org.springframework.stereotype.Component;

/**
 * Leaves a row in the ledger for a firing that no Caravan was there for. Whether it is made good
 * once is decided by the pipeline's {@code catch-up}, which its trigger route hands to Quartz as
 * the misfire instruction.
 */
@Component
class MissedFirings extends TriggerListenerSupport implements SchedulerFactoryBeanCustomizer {
  private final ObjectProvider<Runs> runs;

  MissedFirings(ObjectProvider<Runs> runs) {
    this.runs = runs;
  }

  @Override
  public void customize(SchedulerFactoryBean scheduler) {
    scheduler.setGlobalTriggerListeners(this);
  }

  @Override
  public String getName() {
    return "missed-firings";
  }

  /**
   * Trigger routes name their Quartz trigger {@code <slug>/on-schedule}, so the group is the
   * pipeline.
   */
  @Override
  public void triggerMisfired(Trigger trigger) {
    runs.getObject()
        .recordSkipped(
            trigger.getKey().getGroup(),
            "schedule",
            "missed: no Caravan was ready at %s".formatted(trigger.getNextFireTime().toInstant()));
  }
}
