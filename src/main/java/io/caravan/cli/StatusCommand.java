package io.caravan.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.run.Pipelines;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "status",
    description = "Schedule, last run and next run of the pipelines.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  private static final String ROW = "%-14s %-14s %-11s %-21s %-21s%n";

  @Parameters(index = "0", arity = "0..1", paramLabel = "PIPELINE", description = "this one only")
  private String pipeline;

  @Option(names = "--json", description = "as JSON")
  private boolean json;

  @Spec private CommandSpec spec;

  private final Starter starter;

  StatusCommand(Starter starter) {
    this.starter = starter;
  }

  @Override
  public Integer call() throws Exception {
    ConfigurableApplicationContext context = starter.command("status", false);
    try {
      Pipelines pipelines = context.getBean(Pipelines.class);
      if (pipeline != null) {
        pipelines.settings(pipeline);
      }
      List<Pipelines.Overview> rows =
          pipelines.overview().stream()
              .filter(row -> pipeline == null || row.name().equals(pipeline))
              .toList();
      if (json) {
        ObjectMapper mapper = context.getBean(ObjectMapper.class);
        spec.commandLine()
            .getOut()
            .println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(rows));
      } else {
        table(rows);
      }
      spec.commandLine().getOut().flush();
      return 0;
    } finally {
      SpringApplication.exit(context);
    }
  }

  private void table(List<Pipelines.Overview> rows) {
    var out = spec.commandLine().getOut();
    out.printf(ROW, "PIPELINE", "CRON (UTC)", "LAST RUN", "STARTED", "NEXT");
    for (Pipelines.Overview row : rows) {
      Pipelines.LastRun last = row.lastRun();
      out.printf(
          ROW,
          row.name(),
          row.cron(),
          last == null ? "never" : last.status().word(),
          last == null ? "-" : time(last.startedAt()),
          time(row.nextFireAt()));
    }
  }

  private static String time(Instant instant) {
    return instant == null ? "-" : instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
