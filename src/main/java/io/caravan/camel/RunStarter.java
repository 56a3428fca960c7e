package io.caravan.camel;

import io.caravan.run.Run;
import io.caravan.run.RunRequest;
import io.caravan.run.Runs;
import java.util.UUID;
import org.apache.camel.ProducerTemplate;
import org.springframework.stereotype.Component;

/** Starts runs for those who are no route: the command line and the demo. */
@Component
public class RunStarter {
  private final Runs runs;
  private final ProducerTemplate template;

  RunStarter(Runs runs, ProducerTemplate template) {
    this.runs = runs;
    this.template = template;
  }

  /**
   * Puts a run into the ledger and starts it in the background.
   *
   * @param trigger see {@link Runs#request}
   * @return the run's id, to be followed in the ledger
   */
  public UUID start(String pipeline, String trigger, RunRequest request) {
    Run run = runs.request(pipeline, trigger, request, null);
    template.asyncSendBody("direct:run-start", run.id());
    return run.id();
  }
}
