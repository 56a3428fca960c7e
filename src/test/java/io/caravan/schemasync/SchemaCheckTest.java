package io.caravan.schemasync;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.source.LiveSchema;
import io.caravan.source.SourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which schemas are asked for, and what follows when one cannot be read. */
class SchemaCheckTest {
  private static final String YML = "name: orders\ndatabase: shop\nschema: %s\n";

  private final List<String> asked = new ArrayList<>();

  private SchemaCheck check(SourceType type, String database, String schema, Failure failure) {
    return new SchemaCheck(
        type,
        (in, of) -> {
          asked.add(in + "." + of);
          if (failure != null) {
            throw failure;
          }
          return new LiveSchema();
        },
        database,
        schema);
  }

  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL, , , null.sales",
    "POSTGRESQL, copy, other, copy.sales",
    "DUCKDB, , , null.sales",
    "REDSHIFT, , , null.sales",
    "SQLSERVER, , , shop.sales",
    "SQLSERVER, copy, , copy.sales",
    "SNOWFLAKE, , , shop.sales",
    "BIGQUERY, , , shop.sales",
    "DATABRICKS, , , shop.sales",
    "MYSQL, , , null.sales",
    "MARIADB, copy, , copy.null"
  })
  void theYamlsDatabaseCountsOnlyWhereTheVendorNeedsIt(
      SourceType type, String database, String schema, String expected) {
    check(type, database, schema, null).check("a.yml", YML.formatted("sales"));

    assertThat(asked).containsExactly(expected);
  }

  @Test
  void aSchemaIsAskedForOnce() {
    SchemaCheck check = check(SourceType.POSTGRESQL, null, "sales", null);

    List<CheckedFile> files =
        Stream.of("sales", "sales", "''", "stock")
            .map(schema -> check.check("a.yml", YML.formatted(schema)))
            .toList();

    assertThat(asked).containsExactly("null.sales", "null.stock");
    assertThat(files)
        .allSatisfy(
            file ->
                assertThat(file.findings())
                    .extracting(FileFinding::type)
                    .containsExactly(FindingType.MISSING_TABLE));
  }

  @Test
  void aLostDatabaseIsNotAskedForTheNextSchema() {
    Failure lost = new Failure(FailureKind.TRANSIENT, "It is gone.");
    SchemaCheck check = check(SourceType.POSTGRESQL, null, null, lost);

    assertThat(reasons(check, "sales", "stock")).containsExactly("It is gone.", "It is gone.");
    assertThat(asked).hasSize(1);
  }

  @Test
  void aForbiddenSchemaSaysNothingOfTheNext() {
    Failure forbidden = new Failure(FailureKind.AUTHORISATION, "Not this one.");
    SchemaCheck check = check(SourceType.POSTGRESQL, null, null, forbidden);

    reasons(check, "sales", "stock", "sales");

    assertThat(asked).containsExactly("null.sales", "null.stock");
  }

  @Test
  void aDefectInOneFileIsToldAsItsReason() {
    SchemaCheck check =
        new SchemaCheck(
            SourceType.POSTGRESQL,
            (database, schema) -> {
              throw new IllegalStateException("broken");
            },
            null,
            null);

    assertThat(reasons(check, "sales").getFirst()).contains("Caravan failed", "broken");
  }

  private static List<String> reasons(SchemaCheck check, String... schemas) {
    return Stream.of(schemas)
        .map(schema -> check.check("a.yml", YML.formatted(schema)).findings().getFirst())
        .filter(finding -> finding.severity() == Severity.UNVERIFIABLE)
        .map(FileFinding::message)
        .toList();
  }
}
