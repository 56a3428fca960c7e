package io.caravan.cli;

import io.caravan.setting.DataDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says where to look once Caravan serves. */
@Component
@ConditionalOnWebApplication
class Welcome {
  private static final Logger LOG = LoggerFactory.getLogger(Welcome.class);

  private final ObjectProvider<DataDirectory> directory;

  Welcome(ObjectProvider<DataDirectory> directory) {
    this.directory = directory;
  }

  @EventListener
  void ready(ApplicationReadyEvent event) {
    int port =
        ((WebServerApplicationContext) event.getApplicationContext()).getWebServer().getPort();
    LOG.info(
        "Ready: API at http://localhost:{}/docs, routes at http://localhost:{}/actuator/hawtio",
        port,
        port);
    directory.ifAvailable(
        data ->
            LOG.info(
                "The API token is in {}, the password of user admin in {}",
                data.secretFile("api-token"),
                data.secretFile("admin-password")));
  }
}
