package io.caravan.cli;

import io.caravan.setting.SettingsPostProcessor;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the Spring application in the way a command needs it. */
final class Starter {
  private final Class<?> application;
  private final String[] settings;

  Starter(Class<?> application, String[] settings) {
    this.application = application;
    this.settings = settings;
  }

  void serve() {
    start(new SpringApplication(application));
  }

  /**
   * Without HTTP and clocks; logs go to standard error, so that standard output is the command's
   * own.
   */
  ConfigurableApplicationContext command(String name, boolean withRoutes) {
    SpringApplication spring = new SpringApplication(application);
    spring.setWebApplicationType(WebApplicationType.NONE);
    spring.setDefaultProperties(
        Map.of(
            SettingsPostProcessor.COMMAND,
            name,
            "caravan.log.target",
            "System.err",
            "camel.main.routes-exclude-pattern",
            "**/*api.camel.yaml",
            "camel.main.auto-startup",
            String.valueOf(withRoutes),
            "camel.component.quartz.auto-start-scheduler",
            "false"));
    return start(spring);
  }

  private ConfigurableApplicationContext start(SpringApplication spring) {
    try {
      return spring.run(settings);
    } catch (RuntimeException e) {
      throw new NotStartedException(e);
    }
  }

  /** Why is in the log already: Spring reports what keeps it from starting. */
  static final class NotStartedException extends RuntimeException {
    NotStartedException(RuntimeException cause) {
      super("Caravan did not start", cause);
    }
  }
}
