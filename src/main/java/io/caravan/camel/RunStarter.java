package io.caravan.camel;

import io.caravan.run.Run;
import io.caravan.run.RunRequest;
import io.caravan.run.Runs;
import java.util.UUID;
import org.apache.camel.ProducerTemplate;
import org.springframework.stereotype.Component;

/** Starts runs for those who are no route: the command line, the console and the demo. */
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
    return begin(runs.request(pipeline, trigger, request, null));
  }

  /**
   * Starts a new run over the failed items of a finished one, see {@link Runs#retryFailed}.
   *
   * @return the new run's id
   */
  public UUID retryFailed(UUID finished) {
    return begin(runs.retryFailed(finished));
  }

  private UUID begin(Run run) {
    template.asyncSendBody("direct:run-start", run.id());
    return run.id();
  }
}
