package io.caravan.wrong.run;

import java.util.logging.Logger;
import org.springframework.beans.factory.annotation.Autowired;

class Careless {
  private static final Logger LOG = Logger.getLogger("careless");

  @Autowired private Runnable injected;

  void run() throws InterruptedException {
    LOG.info("logged past the configured log");
    System.out.println("printed into a report");
    injected.run();
    Thread.sleep(1);
  }
}
