package io.caravan.cli;

import io.caravan.failure.InvalidInputException;
import io.caravan.failure.NotFoundException;
import io.caravan.setting.SettingsException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * {@code caravan [serve | run | status | schema check]}. Exit status: 0 succeeded, 1 failed or
 * partial, 2 wrong usage or configuration. Arguments of the form {@code --some.property=value} are
 * settings, wherever they stand.
 */
@Command(
    name = "caravan",
    description = "Keeps systems in step. Without a command it serves.",
    mixinStandardHelpOptions = true,
    version = CaravanCommand.VERSION,
    synopsisSubcommandLabel = "[serve | run | status | schema]")
public final class CaravanCommand implements Runnable {
  static final String VERSION = "0.1.0";
  static final int FAILED = 1;
  static final int WRONG_USAGE = 2;
  private static final String SETTING = "--[\\w-]+\\.[\\w.\\[\\]-]+(=.*)?";

  private final Starter starter;
  private boolean serving;

  private CaravanCommand(Starter starter) {
    this.starter = starter;
  }

  /**
   * Carries out a command line.
   *
   * @param application the Spring application to start
   * @return the exit status; empty when Caravan serves from now on
   */
  public static OptionalInt execute(Class<?> application, String[] args) {
    return execute(application, args, System.getenv(), null, null);
  }

  /**
   * The same with the surroundings of a test.
   *
   * @param out null for standard output
   * @param err null for standard error
   */
  static OptionalInt execute(
      Class<?> application,
      String[] args,
      Map<String, String> environment,
      PrintWriter out,
      PrintWriter err) {
    String[] settings = Stream.of(args).filter(arg -> arg.matches(SETTING)).toArray(String[]::new);
    List<String> words = Arrays.stream(args).filter(arg -> !arg.matches(SETTING)).toList();
    Starter starter = new Starter(application, settings);
    CaravanCommand command = new CaravanCommand(starter);
    CommandLine line =
        new CommandLine(command)
            .addSubcommand(new ServeCommand(command))
            .addSubcommand(new RunCommand(starter))
            .addSubcommand(new StatusCommand(starter))
            .addSubcommand(
                new CommandLine(new SchemaCommand())
                    .addSubcommand(new SchemaCheckCommand(environment)))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler((thrown, failed, parsed) -> exitStatus(thrown, failed));
    if (out != null) {
      line.setOut(out).setErr(err);
    }
    int status = line.execute(words.toArray(String[]::new));
    return command.serving ? OptionalInt.empty() : OptionalInt.of(status);
  }

  private static int exitStatus(Exception thrown, CommandLine line) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case Starter.NotStartedException e -> {
          return e.getCause() instanceof SettingsException ? WRONG_USAGE : FAILED;
        }
        case NotFoundException e -> {
          line.getErr().println(e.getMessage());
          return WRONG_USAGE;
        }
        case InvalidInputException e -> {
          line.getErr().println(e.getMessage());
          return WRONG_USAGE;
        }
        default -> {
          // Perhaps the cause says more.
        }
      }
    }
    line.getErr().println("Failed: " + thrown.getMessage());
    return FAILED;
  }

  /** Without words it serves. */
  @Override
  public void run() {
    starter.serve();
    serving = true;
  }

  @Command(name = "serve", description = "Routes, REST API and console, until it is stopped.")
  static final class ServeCommand implements Runnable {
    private final CaravanCommand parent;

    ServeCommand(CaravanCommand parent) {
      this.parent = parent;
    }

    @Override
    public void run() {
      parent.run();
    }
  }
}
