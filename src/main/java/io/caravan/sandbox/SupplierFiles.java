package io.caravan.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A supplier's files, made by DuckDB when they are first needed.
 *
 * @param prices CSV with a line of names
 * @param stock Parquet
 */
record SupplierFiles(byte[] prices, byte[] stock) {
  static SupplierFiles make() {
    try {
      Path folder = Files.createTempDirectory("caravan-supplier-");
      Path prices = folder.resolve("prices.csv");
      Path stock = folder.resolve("stock.parquet");
      try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
          Statement statement = duckdb.createStatement()) {
        statement.execute(
            """
            copy (select 'K-' || lpad(i::varchar, 4, '0') as sku,
                         ['Lamp', 'Chair', 'Table', 'Shelf, oak', 'Rug "Fjord"'][i %% 5 + 1] as name,
                         (i * 37 %% 9000 + 995) / 100 as price, 'EUR' as currency
                    from range(1, 801) r(i))
              to '%s' (format csv, header)
            """
                .formatted(prices));
        statement.execute(
            """
            copy (select 'K-' || lpad(i::varchar, 4, '0') as sku, ['north', 'south'][w] as warehouse, i * 13 %% 240 as pieces,
                         date '2026-01-01' + (i %% 300)::int as counted_on
                    from range(1, 801) r(i), range(1, 3) s(w))
              to '%s' (format parquet)
            """
                .formatted(stock));
      }
      SupplierFiles files =
          new SupplierFiles(Files.readAllBytes(prices), Files.readAllBytes(stock));
      Files.delete(prices);
      Files.delete(stock);
      Files.delete(folder);
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB could not make the supplier's files", e);
    }
  }
}
