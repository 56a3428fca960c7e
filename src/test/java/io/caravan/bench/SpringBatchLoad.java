package io.caravan.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import javax.sql.DataSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.Job;
import org.springframework.batch.core.JobExecution;
import org.springframework.batch.core.JobParameters;
import org.springframework.batch.core.Step;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.launch.support.TaskExecutorJobLauncher;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.item.database.builder.JdbcBatchItemWriterBuilder;
import org.springframework.batch.item.file.builder.FlatFileItemReaderBuilder;
import org.springframework.core.io.FileSystemResource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** What many would write instead: a Spring Batch job from a file of NDJSON to a table. */
final class SpringBatchLoad {
  private static final int CHUNK = 1_000;
  private static final JsonMapper JSON = new JsonMapper();

  private SpringBatchLoad() {}

  /** Loads the benchmark's records into {@code by_batch}, which is empty. */
  static void run(DataSource database, Path records) throws Exception {
    JobRepository repository = new ResourcelessJobRepository();
    Step step =
        new StepBuilder("records", repository)
            .<JsonNode, JsonNode>chunk(CHUNK, new JdbcTransactionManager(database))
            .reader(
                new FlatFileItemReaderBuilder<JsonNode>()
                    .name("records")
                    .resource(new FileSystemResource(records))
                    .encoding("UTF-8")
                    .lineMapper((line, number) -> JSON.readTree(line))
                    .build())
            .writer(
                new JdbcBatchItemWriterBuilder<JsonNode>()
                    .dataSource(database)
                    .sql("insert into by_batch values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                    .itemPreparedStatementSetter(
                        (record, row) -> {
                          row.setString(1, record.get("id").textValue());
                          row.setString(2, record.get("name").textValue());
                          row.setString(3, record.get("email").textValue());
                          row.setBigDecimal(4, record.get("total").decimalValue());
                          row.setBoolean(5, record.get("paid").booleanValue());
                          row.setTimestamp(6, moment(record.get("placed_at").textValue()));
                          row.setString(7, record.get("note").textValue());
                          row.setString(8, record.get("city").textValue());
                          row.setString(9, record.get("reference").textValue());
                        })
                    .build())
            .build();
    Job job = new JobBuilder("records", repository).start(step).build();
    TaskExecutorJobLauncher launcher = new TaskExecutorJobLauncher();
    launcher.setJobRepository(repository);
    launcher.afterPropertiesSet();
    JobExecution done = launcher.run(job, new JobParameters());
    if (done.getStatus() != BatchStatus.COMPLETED) {
      throw new IllegalStateException("Spring Batch: " + done.getAllFailureExceptions());
    }
  }

  private static Timestamp moment(String text) {
    return Timestamp.from(OffsetDateTime.parse(text).toInstant());
  }
}
