package io.caravan.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** A supplier's orders: five thousand of the past, and another one every ten seconds. */
final class SupplierOrders {
  private static final int PAST = 5_000;
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final Duration PACKED_AFTER = Duration.ofMinutes(1);
  private static final Duration SHIPPED_AFTER = Duration.ofMinutes(3);
  private static final String[] TOWNS = {"Bergen", "Ghent", "Lyon", "Porto", "Turin", "Uppsala"};

  private final Instant begun;

  SupplierOrders(Instant begun) {
    this.begun = begun;
  }

  /**
   * An order as it is at a time.
   *
   * @param number from 1
   * @param updatedAt when it got its status
   */
  record Order(long number, Instant createdAt, String status, Instant updatedAt) {
    /** After which order a page begins. */
    String cursor() {
      return updatedAt + "_" + number;
    }

    Map<String, Object> shown() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("id", number);
      fields.put("town", TOWNS[(int) (number % TOWNS.length)]);
      fields.put("pieces", number % 9 + 1);
      fields.put("total", (number * 7919 % 50_000) / 100.0);
      fields.put("status", status);
      fields.put("created_at", createdAt.toString());
      fields.put("updated_at", updatedAt.toString());
      return fields;
    }
  }

  /**
   * Orders that changed, in the order in which they did.
   *
   * @param since the earliest change
   * @param cursor of the order before; null for the first page
   */
  List<Order> changed(Instant since, String cursor, int limit, Instant now) {
    long all = PAST + Duration.between(begun, now).dividedBy(EVERY);
    return LongStream.rangeClosed(1, all)
        .mapToObj(number -> order(number, now))
        .filter(order -> !order.updatedAt().isBefore(since))
        .sorted(Comparator.comparing(Order::updatedAt).thenComparing(Order::number))
        .dropWhile(order -> cursor != null && !isAfter(order, cursor))
        .limit(limit)
        .toList();
  }

  private static boolean isAfter(Order order, String cursor) {
    String[] parts = cursor.split("_", 2);
    int compared = order.updatedAt().compareTo(Instant.parse(parts[0]));
    return compared > 0 || compared == 0 && order.number() > Long.parseLong(parts[1]);
  }

  private Order order(long number, Instant now) {
    // Those of the past came every ten minutes.
    Instant created =
        number <= PAST
            ? begun.minus(Duration.ofMinutes(10).multipliedBy(PAST - number + 1))
            : begun.plus(EVERY.multipliedBy(number - PAST));
    Duration age = Duration.between(created, now);
    if (age.compareTo(SHIPPED_AFTER) >= 0) {
      return new Order(number, created, "shipped", created.plus(SHIPPED_AFTER));
    }
    return age.compareTo(PACKED_AFTER) >= 0
        ? new Order(number, created, "packed", created.plus(PACKED_AFTER))
        : new Order(number, created, "placed", created);
  }
}
