package io.caravan.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.camel.RunStarter;
import io.caravan.run.Run;
import io.caravan.run.RunRequest;
import io.caravan.run.RunStatus;
import io.caravan.run.Runs;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "run",
    description = "One run in the foreground; prints its report as JSON.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final long POLL_MILLIS = 200;

  @Parameters(index = "0", paramLabel = "PIPELINE", description = "for example valuesync")
  private String pipeline;

  @Option(names = "--limit", paramLabel = "N", description = "work on at most N items")
  private Integer limit;

  @Option(
      names = "--only",
      paramLabel = "ID",
      arity = "1..*",
      split = ",",
      description = "work on these only")
  private List<String> only;

  @Option(names = "--dry-run", description = "find out, write nothing")
  private boolean dryRun;

  @Option(names = "--force", description = "overrule a brake")
  private boolean force;

  @Option(names = "--reason", paramLabel = "TEXT", description = "why, for the run's history")
  private String reason;

  @Spec private CommandSpec spec;

  private final Starter starter;

  RunCommand(Starter starter) {
    this.starter = starter;
  }

  @Override
  public Integer call() throws Exception {
    if (force && reason == null) {
      reason = "forced on the command line by " + System.getProperty("user.name");
    }
    ConfigurableApplicationContext context = starter.command("run", true);
    try {
      Runs runs = context.getBean(Runs.class);
      UUID id =
          context
              .getBean(RunStarter.class)
              .start(pipeline, "cli", new RunRequest(only, limit, dryRun, force, reason));
      Run run = follow(runs, id);
      print(run, context.getBean(ObjectMapper.class));
      return run.status() == RunStatus.SUCCEEDED ? 0 : CaravanCommand.FAILED;
    } finally {
      SpringApplication.exit(context);
    }
  }

  private Run follow(Runs runs, UUID id) throws InterruptedException {
    try (Progress progress = Progress.onTerminal(pipeline)) {
      while (true) {
        Run run = runs.get(id);
        progress.show(run);
        if (run.status().finished()) {
          return run;
        }
        Thread.sleep(POLL_MILLIS);
      }
    }
  }

  private void print(Run run, ObjectMapper json) throws JsonProcessingException {
    if (run.report() != null) {
      spec.commandLine()
          .getOut()
          .println(json.writerWithDefaultPrettyPrinter().writeValueAsString(run.report()));
      spec.commandLine().getOut().flush();
    }
    String why = run.error() != null ? run.error() : run.reason();
    spec.commandLine()
        .getErr()
        .printf("%s %s%s%n", run.pipeline(), run.status().word(), why == null ? "" : ": " + why);
    spec.commandLine().getErr().flush();
  }
}
