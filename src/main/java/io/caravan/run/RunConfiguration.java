package io.caravan.run;

import io.caravan.setting.EmbeddedDatabase;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;

@Configuration
class RunConfiguration {
  @Bean
  Node node() {
    return Node.ofThisProcess();
  }

  /**
   * Who holds the embedded database is alone with it, so a run need not wait for a dead process'
   * lease to lapse.
   */
  @Bean
  SmartInitializingSingleton leasesOfTheDead(Runs runs, ObjectProvider<EmbeddedDatabase> embedded) {
    return () -> embedded.ifAvailable(database -> runs.expireLeases());
  }

  /** Before routes are stopped, since they wait for what is under way. */
  @Bean
  ApplicationListener<ContextClosedEvent> interruptOnShutdown(Runs runs) {
    return event -> runs.interruptAll();
  }
}
