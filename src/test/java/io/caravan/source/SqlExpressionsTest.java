package io.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.source.SqlExpressions.Reading;
import io.caravan.source.SqlExpressions.UsedColumn;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlExpressionsTest {
  private static Reading read(String expression) {
    return new SqlExpressions().read(expression, "sales.Orders");
  }

  /** An asterisk in front of the columns: the expression is nothing but that one. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '^',
      textBlock =
          """
          amount                                          ¦ *amount
          orders.amount                                   ¦ *amount
          ORDERS.Amount                                   ¦ *Amount
          sales.orders.amount                             ¦ *amount
          customers.id                                    ¦
          "Order Id"                                      ¦ *Order Id
          `Order Id`                                      ¦ *Order Id
          [Order Id]                                      ¦ *Order Id
          ${TABLE}.amount                                 ¦ *amount
          ${TABLE}."Order Id" ;;                          ¦ *Order Id
          ${gross} - ${TABLE}.tax                         ¦ tax
          ${gross} - ${net}                               ¦
          amount;                                         ¦ *amount
          *                                               ¦
          1                                               ¦
          'amount'                                        ¦
          sum(amount)                                     ¦ amount
          price * qty                                     ¦ price,qty
          count(*)                                        ¦
          count(1)                                        ¦
          count(distinct "Order Id")                      ¦ Order Id
          sum(orders.amount) - customers.credit           ¦ amount
          CURRENT_DATE                                    ¦
          CURRENT_DATE - created                          ¦ created
          now() - current_timestamp                       ¦
          coalesce(note, 'none', null)                    ¦ note
          case when status = 'paid' then amount else 0 end ¦ status,amount
          sum(x) over (partition by y order by z)         ¦ x,y,z
          sum(x) filter (where paid and not late)         ¦ x,paid,late
          extract(year from created)                      ¦ created
          date_diff(a, b, DAY)                            ¦ a,b
          dateadd(day, 1, created)                        ¦ created
          date_trunc(created, week(monday))               ¦ created
          year(created)                                   ¦ created
          data->>'amount'                                 ¦ data
          payload:items.price                             ¦ payload
          x::numeric(10,2)                                ¦ x
          cast(x as numeric(10,2))                        ¦ x
          try_cast(x as int)                              ¦ x
          tags[1]                                         ¦ tags
          [Order Id] * 2                                  ¦ Order Id
          x in (1, 2) and y between 1 and z               ¦ x,y,z
          x in (select id from other where k = 5)         ¦ x
          interval '1 day' * n                            ¦ n
          transform(arr, e -> e + f)                      ¦ arr,f
          percentile_cont(0.5) within group (order by x)  ¦ x
          a || ' amount ' || b                            ¦ a,b
          sum(if(status = "paid", amount, 0))             ¦ status,paid,amount
          trim(both from x)                               ¦ x
          substring(x from 1 for 2)                       ¦ x
          amount -- and tax                               ¦ *amount
          /* net */ amount + tax                          ¦ amount,tax
          amount + amount                                 ¦ amount
          größe * 2                                       ¦ größe
          """)
  void findsTheColumnsThatAreUsed(String expression, String columns) {
    Reading reading = read(expression);

    assertThat(reading.unreadable()).isNull();
    assertThat(
            (reading.bare() ? "*" : "")
                + reading.columns().stream().map(UsedColumn::name).collect(Collectors.joining(",")))
        .isEqualTo(columns == null ? "" : columns);
  }

  @Test
  void knowsWhatMayBeATextElsewhere() {
    assertThat(read("if(status = \"paid\", `amount`, 0)").columns())
        .containsExactly(
            new UsedColumn("status", false),
            new UsedColumn("paid", true),
            new UsedColumn("amount", false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {{ dollars('amount') }}          | it holds Jinja
          {% if x %} amount {% endif %}    | it holds Jinja
          sum((amount                      | it is no SQL expression
          amount total                     | it is no SQL expression
          a, b                             | it is no SQL expression
          amount from other                | it is no SQL expression
          amount limit 5                   | it is no SQL expression
          1; drop table orders             | it is no SQL expression
          select amount from orders        | it is no SQL expression
          50% of amount (net)              | it is no SQL expression
          ''                               | it is no SQL expression
          """)
  void saysWhyItCannotBeRead(String expression, String reason) {
    Reading reading = read(expression);

    assertThat(reading.columns()).isEmpty();
    assertThat(reading.unreadable()).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sum(amount)", "price * qty", "a - b", "a/b", "x::int", "${a}", "{{ a }}"})
  void aNameWithAnOperatorIsAnExpression(String name) {
    assertThat(SqlExpressions.looksLikeOne(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"amount", "Total Amount", "net-amount", "orders.amount", "größe", "a$b"})
  void aNameWithoutOneIsAColumn(String name) {
    assertThat(SqlExpressions.looksLikeOne(name)).isFalse();
  }

  @Test
  void tenThousandCharactersAreReadAndNoMore() {
    assertThat(read("greatest(" + "abc, ".repeat(1_997) + "abc)").columns()).hasSize(1);
    assertThat(read("greatest(" + "abc, ".repeat(1_998) + "abc)").unreadable())
        .isEqualTo("it is longer than 10000 characters");
  }

  @Test
  void aSumOfThousandsIsReadOrRefusedButNeverBreaksAnything() {
    Reading reading = read("a+".repeat(4_999) + "a");

    assertThat(reading.columns().size() == 1 || reading.unreadable() != null).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "f(", "(a+", "if(a, ", "case when a then "})
  void deepNestingEndsInTime(String opening) {
    String closing = opening.startsWith("case") ? " end" : ")";
    int depth = SqlExpressions.LONGEST / (opening.length() + closing.length());
    String expression = opening.repeat(depth) + "x" + closing.repeat(depth);
    SqlExpressions expressions = new SqlExpressions(Duration.ofMillis(300), Duration.ofMillis(500));

    long started = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      Reading reading = expressions.read(expression, null);
      assertThat(reading.unreadable() != null || !reading.columns().isEmpty()).isTrue();
    }

    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void aLongLiteralIsNoDangerForTheSearchOfNames() {
    String literal = "'" + "''".repeat(300_000) + "'";

    assertThat(SqlWords.in(literal + " amount"))
        .extracting(SqlWords.Word::text)
        .containsExactly("amount");
  }

  @Test
  void theTimeOfAllExpressionsTogetherIsLimited() {
    SqlExpressions spent = new SqlExpressions(Duration.ofSeconds(2), Duration.ZERO);

    assertThat(spent.read("sum(amount)", null).unreadable()).isEqualTo("reading it took too long");
    assertThat(spent.read("amount", null).columns()).hasSize(1);
  }
}
