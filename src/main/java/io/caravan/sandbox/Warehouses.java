package io.caravan.sandbox;

import io.caravan.failure.Failure;
import io.caravan.source.SourceType;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Two sample warehouses of two businesses, for a demo that works without any customer's database:
 * about 1.5 million rows in PostgreSQL and 300 000 in a DuckDB file, skewed the way real data is,
 * the same at every start.
 */
public final class Warehouses {
  private final PostgresServer server;
  private final Brightwater brightwater;
  private final Velohaven velohaven;

  /**
   * @param adminUrl JDBC URL of any database of the PostgreSQL server (17 or newer) that gets the
   *     warehouse
   * @param adminUser who may create databases and roles there, or null when the URL says it
   * @param adminPassword may be null
   * @param directory gets the DuckDB file; created when absent
   */
  public Warehouses(String adminUrl, String adminUser, String adminPassword, Path directory) {
    server = new PostgresServer(adminUrl, adminUser, adminPassword);
    brightwater = new Brightwater(server);
    velohaven = new Velohaven(directory);
  }

  /**
   * Makes what is not there yet, both at the same time; what an interrupted start left behind is
   * made anew. Takes some ten seconds the first time and a few milliseconds after that.
   *
   * @param readerPassword becomes the password of the role that reads the PostgreSQL warehouse
   * @return the PostgreSQL warehouse, then the DuckDB one
   * @throws Failure when one of them cannot be made; the message says what to change
   */
  public List<Warehouse> prepare(String readerPassword) {
    List<Boolean> fresh =
        Together.all(List.of(() -> brightwater.prepare(readerPassword), velohaven::prepare));
    return List.of(
        new Warehouse(
            "Brightwater Trading",
            SourceType.POSTGRESQL,
            Brightwater.DATABASE,
            server.urlOf(Brightwater.DATABASE),
            Brightwater.READER,
            fresh.getFirst(),
            brightwaterColumns()),
        new Warehouse(
            "Velohaven",
            SourceType.DUCKDB,
            Velohaven.DATABASE,
            velohaven.url(),
            null,
            fresh.getLast(),
            velohavenColumns()));
  }

  /**
   * Renames a column of the PostgreSQL warehouse, as somebody does who knows nothing of the
   * datasets that use it, or takes that back. Nothing happens when it is so already.
   *
   * @param changed false for the column's own name
   * @throws Failure when the server cannot be reached
   */
  public void renamePromotionCode(boolean changed) {
    brightwater.renamePromotionCode(changed);
  }

  /**
   * The columns of both warehouses that people would search: texts with accents, nulls and blanks,
   * numbers, dates, booleans, enums, arrays, long texts, and with {@code shipment.tracking_number}
   * one that is close to unique. E-mail addresses are left out on purpose.
   */
  public static List<SearchableColumn> searchableColumns() {
    return Stream.concat(brightwaterColumns().stream(), velohavenColumns().stream()).toList();
  }

  private static List<SearchableColumn> brightwaterColumns() {
    return Stream.of(
            columns(
                Brightwater.DATABASE,
                "shop",
                "product",
                "name",
                "brand",
                "category",
                "material",
                "colour",
                "price"),
            columns(
                Brightwater.DATABASE,
                "shop",
                "product",
                "launched_on",
                "tags",
                "care_instructions"),
            columns(
                Brightwater.DATABASE,
                "shop",
                "customer",
                "last_name",
                "city",
                "company",
                "segment",
                "interests"),
            columns(
                Brightwater.DATABASE,
                "shop",
                "customer_order",
                "status",
                "channel",
                "payment_method",
                "promotion_code"),
            columns(Brightwater.DATABASE, "shop", "customer_order", "delivery_note"),
            columns(Brightwater.DATABASE, "shop", "order_line", "discount_percent", "gift_wrap"),
            columns(
                Brightwater.DATABASE,
                "shop",
                "shipment",
                "carrier",
                "tracking_number",
                "shipped_on"),
            columns(Brightwater.DATABASE, "shop", "web_event", "search_term"),
            columns(Brightwater.DATABASE, "shop", "return_request", "reason"))
        .flatMap(List::stream)
        .toList();
  }

  private static List<SearchableColumn> velohavenColumns() {
    return Stream.of(
            columns(Velohaven.DATABASE, "main", "station", "name", "district"),
            columns(
                Velohaven.DATABASE, "main", "trip", "start_station", "membership", "birth_year"),
            columns(Velohaven.DATABASE, "main", "repair", "fault", "done_on"))
        .flatMap(List::stream)
        .toList();
  }

  private static List<SearchableColumn> columns(
      String database, String schema, String table, String... names) {
    return Stream.of(names)
        .map(name -> new SearchableColumn(database, schema, table, name))
        .toList();
  }
}
