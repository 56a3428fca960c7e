package io.caravan;

import io.caravan.sandbox.SlackServer;
import io.caravan.slack.SlackIntegration;
import io.caravan.slack.SlackIntegrations;
import io.caravan.source.DataSource;
import io.caravan.source.Dataset;
import io.caravan.source.Datasets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Datasets over the two sample warehouses, one for each kind of drift and some that only look like
 * it, and a channel of the Slack stand-in for each organisation.
 */
@Component
@Profile("demo")
@ConditionalOnWebApplication
class DemoDatasets {
  private static final String BOT = "xoxb-demo";

  private final Datasets datasets;
  private final SlackIntegrations integrations;
  private final ObjectProvider<SlackServer> slack;

  DemoDatasets(
      Datasets datasets, SlackIntegrations integrations, ObjectProvider<SlackServer> slack) {
    this.datasets = datasets;
    this.integrations = integrations;
    this.slack = slack;
  }

  /**
   * Registers what is not registered yet. What a user made of a dataset stays as it is.
   *
   * @param sources data sources whose names are those of the folders of datasets
   */
  void register(List<DataSource> sources) {
    for (DataSource source : sources) {
      slack.ifAvailable(
          server -> {
            server.token(BOT).channel(source.name());
            integrations.set(
                source.organizationId(), new SlackIntegration.Request(null, BOT, source.name()));
          });
      Set<String> present =
          datasets.list().stream()
              .filter(dataset -> dataset.dataSourceId().equals(source.id()))
              .map(Dataset::name)
              .collect(Collectors.toSet());
      for (Resource file : files(source.name())) {
        String name = file.getFilename().replace(".yml", "");
        if (!present.contains(name)) {
          datasets.create(
              Map.of(
                  "dataSourceId",
                  source.id().toString(),
                  "name",
                  name,
                  "databaseName",
                  source.name(),
                  "schemaName",
                  name.equals("trips") ? "main" : "",
                  "yml",
                  text(file)));
        }
      }
    }
  }

  private static Resource[] files(String folder) {
    try {
      return new PathMatchingResourcePatternResolver()
          .getResources("classpath:sandbox/datasets/" + folder + "/*.yml");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Resource file) {
    try {
      return file.getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
