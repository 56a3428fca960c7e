package io.caravan.camel;

import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Quartz keeps triggers in the database. Those whose route is gone or whose schedule is off would
 * go on firing, so they are removed once the routes are up. A command of the command line leaves
 * them alone: they belong to whoever serves.
 */
@Component
@ConditionalOnWebApplication
class StaleTriggers {
  private static final Logger LOG = LoggerFactory.getLogger(StaleTriggers.class);

  private final CamelContext camel;
  private final Scheduler scheduler;

  StaleTriggers(CamelContext camel, Scheduler scheduler) {
    this.camel = camel;
    this.scheduler = scheduler;
  }

  @EventListener(ApplicationReadyEvent.class)
  void remove() throws SchedulerException {
    Set<TriggerKey> alive =
        camel.getRoutes().stream()
            .filter(
                route ->
                    camel.getRouteController().getRouteStatus(route.getRouteId())
                        == ServiceStatus.Started)
            .map(Route::getEndpoint)
            .filter(QuartzEndpoint.class::isInstance)
            .map(endpoint -> ((QuartzEndpoint) endpoint).getTriggerKey())
            .collect(Collectors.toSet());
    for (TriggerKey key : scheduler.getTriggerKeys(GroupMatcher.anyGroup())) {
      if (!alive.contains(key)) {
        scheduler.unscheduleJob(key);
        LOG.info("Removed the clock {}, which no route listens to any more", key);
      }
    }
  }
}
