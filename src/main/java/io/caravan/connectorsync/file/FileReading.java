package io.caravan.connectorsync.file;

import com.fasterxml.jackson.core.JsonPointer;
import io.caravan.connectorsync.jdbc.TypedValues;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.StopSignal;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.input.ReaderInputStream;
import org.springframework.stereotype.Component;

/** Reads the records of a file that is on disk, in memory that does not grow with it. */
@Component
final class FileReading {
  private final FileProperties properties;
  private final Scratch scratch;

  FileReading(FileProperties properties, Scratch scratch) {
    this.properties = properties;
    this.scratch = scratch;
  }

  /**
   * Gives every record of a file to {@code records}.
   *
   * @param name of the file, which tells how it is packed, for messages
   * @throws Failure of kind data when the file is not what its format says; of kind configuration
   *     when it cannot be read with these options
   */
  void read(FileSetup setup, FileFormat format, String name, Path file, Records records)
      throws IOException {
    StopSignal stop = records.stop();
    if (!FileFormat.isPacked(name)) {
      readPlain(setup, format, name, file, records);
      return;
    }
    try (Scratch.Copy unpacked = scratch.unpack(name, file, stop)) {
      readPlain(setup, format, name, unpacked.path(), records);
    }
  }

  private void readPlain(
      FileSetup setup, FileFormat format, String name, Path file, Records records)
      throws IOException {
    FileSetup.Options options = setup.options();
    switch (format) {
      case CSV -> csv(options, name, file, records);
      case JSON -> json(name, file, options.recordPath(), records);
      case NDJSON -> {
        if (Files.size(file) > 0) {
          json(name, file, options.recordPath(), records);
        }
      }
      case PARQUET -> parquet(name, file, records);
      case EXCEL -> new ExcelFile(name, file, options, scratch).read(records);
    }
  }

  private void csv(FileSetup.Options options, String name, Path file, Records records)
      throws IOException {
    Charset encoding = options.encoding();
    if (encoding.equals(StandardCharsets.UTF_8)) {
      csvInUtf8(options, name, file, records);
      return;
    }
    try (Reader text = Files.newBufferedReader(file, encoding);
        InputStream bytes =
            ReaderInputStream.builder().setReader(text).setCharset(StandardCharsets.UTF_8).get();
        Scratch.Copy converted = scratch.copy(name, bytes, records.stop())) {
      csvInUtf8(options, name, converted.path(), records);
    } catch (CharacterCodingException e) {
      throw new Failure(
          FailureKind.DATA,
          "%s is not in the encoding %s; correct config.options.encoding."
              .formatted(name, encoding.name()),
          e);
    }
  }

  private void csvInUtf8(FileSetup.Options options, String name, Path file, Records records)
      throws IOException {
    try (DuckDb database = duckDb(name, file, records)) {
      new CsvFile(name, file, options).read(database, records);
    }
  }

  private void parquet(String name, Path file, Records records) {
    try (DuckDb database = duckDb(name, file, records)) {
      database.rows(
          "select * from read_parquet(%s)".formatted(DuckDb.literal(file.toString())),
          TypedValues::of,
          name + " is no Parquet file, or it is broken.",
          records::record);
    }
  }

  private DuckDb duckDb(String name, Path file, Records records) {
    return DuckDb.open(name, file, properties.duckdbMemory(), records.stop());
  }

  private static void json(String name, Path file, JsonPointer path, Records records)
      throws IOException {
    try (InputStream bytes = new Stoppable(Files.newInputStream(file), records.stop())) {
      records.page(bytes, path);
    } catch (Failure e) {
      throw records.stop().reason().isPresent()
          ? e
          : new Failure(e.kind(), name + ": " + e.getMessage(), e);
    }
  }

  /** Whoever reads from it ends when the sync has to. */
  private static final class Stoppable extends FilterInputStream {
    private final StopSignal stop;

    Stoppable(InputStream in, StopSignal stop) {
      super(in);
      this.stop = stop;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      stop.check();
      return super.read(bytes, from, length);
    }
  }
}
