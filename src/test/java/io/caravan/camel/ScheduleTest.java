package io.caravan.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.CaravanTest;
import io.caravan.run.Run;
import io.caravan.run.RunStatus;
import io.caravan.run.Runs;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.quartz.CronScheduleBuilder;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobPersistenceException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.triggers.CronTriggerImpl;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.quartz.QuartzJobBean;

@CaravanTest
class ScheduleTest {
  @Autowired private ProducerTemplate template;
  @Autowired private Runs runs;
  @Autowired private MissedFirings missed;
  @Autowired private StaleTriggers stale;
  @Autowired private Scheduler scheduler;
  @Autowired private JdbcClient jdbc;

  @Test
  void aFiringThatReachesTwoNodesMakesOneRun() {
    String firing = "schedule-" + Instant.now().toEpochMilli();
    for (int i = 0; i < 2; i++) {
      template.send(
          "direct:run-on-schedule",
          exchange -> {
            exchange.setVariable("pipeline", "valuesync");
            exchange.setVariable("firing", firing);
          });
    }
    List<Run> started =
        runs.list("valuesync", null, "schedule", 500, null).stream()
            .filter(run -> run.requestedAt().isAfter(Instant.now().minusSeconds(20)))
            .filter(run -> run.reason() == null || !run.reason().startsWith("missed"))
            .toList();
    assertThat(started).hasSize(1);
  }

  @Test
  void aFiringThatNobodyWasThereForLeavesARowWithItsTime() {
    CronTriggerImpl trigger =
        (CronTriggerImpl)
            TriggerBuilder.newTrigger()
                .withIdentity(new TriggerKey("on-schedule", "valuesync"))
                .withSchedule(
                    CronScheduleBuilder.cronSchedule("0 0 2 * * ?")
                        .inTimeZone(TimeZone.getTimeZone("UTC")))
                .build();
    trigger.setNextFireTime(Date.from(Instant.parse("2026-01-02T02:00:00Z")));
    missed.triggerMisfired(trigger);
    Run row = runs.list("valuesync", "skipped", "schedule", 1, null).getFirst();
    assertThat(row.status()).isEqualTo(RunStatus.SKIPPED);
    assertThat(row.reason()).isEqualTo("missed: no Caravan was ready at 2026-01-02T02:00:00Z");
    assertThat(row.finishedAt()).isNotNull();
  }

  @Test
  void clocksWithoutARouteAreRemoved() throws SchedulerException {
    TriggerKey key = new TriggerKey("on-schedule", "gonesync");
    JobDetail job = JobBuilder.newJob(Nothing.class).withIdentity("gone").build();
    Trigger trigger =
        TriggerBuilder.newTrigger()
            .withIdentity(key)
            .withSchedule(CronScheduleBuilder.cronSchedule("0 0 0 1 1 ? 2099"))
            .build();
    scheduler.scheduleJob(job, trigger);
    stale.remove();
    assertThat(scheduler.checkExists(key)).isFalse();
  }

  /** Another node that starts meanwhile could read the half, and not start for it. */
  @Test
  void aClockIsStoredWholeOrNotAtAll() {
    jdbc.sql(
            "alter table quartz.qrtz_cron_triggers"
                + " add constraint whole check (trigger_group <> 'halfsync')")
        .update();
    try {
      JobDetail job = JobBuilder.newJob(Nothing.class).withIdentity("half", "halfsync").build();
      Trigger trigger =
          TriggerBuilder.newTrigger()
              .withIdentity("on-schedule", "halfsync")
              .withSchedule(CronScheduleBuilder.cronSchedule("0 0 0 1 1 ? 2099"))
              .build();

      assertThatThrownBy(() -> scheduler.scheduleJob(job, trigger))
          .isInstanceOf(JobPersistenceException.class)
          .hasMessageContaining("whole");

      assertThat(
              jdbc.sql(
                      "select job_name from quartz.qrtz_job_details where job_group = 'halfsync'"
                          + " union all select trigger_name from quartz.qrtz_triggers"
                          + " where trigger_group = 'halfsync'")
                  .query(String.class)
                  .list())
          .isEmpty();
    } finally {
      jdbc.sql("alter table quartz.qrtz_cron_triggers drop constraint whole").update();
    }
  }

  @Test
  void aScheduleThatIsOffHasNoClock() throws SchedulerException {
    assertThat(scheduler.checkExists(new TriggerKey("on-schedule", "valuesync"))).isFalse();
  }

  /** A job that does nothing. */
  public static final class Nothing extends QuartzJobBean {
    @Override
    protected void executeInternal(org.quartz.JobExecutionContext context) {}
  }
}
