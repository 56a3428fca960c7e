package io.caravan.reach;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.reach.Places.Place;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private static Duration toAsk(Places places, String thing, double perSecond, int times)
      throws InterruptedException {
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      Place place = places.of(thing, perSecond);
      place.await();
      place.end();
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Test
  void oneMoreThanTheLimitWaitsForTheSecond() throws InterruptedException {
    Places places = new Places();

    assertThat(toAsk(places, "shop", 5, 5)).isLessThan(Duration.ofSeconds(1));
    assertThat(toAsk(places, "shop", 5, 1)).isLessThan(Duration.ofSeconds(2));
    assertThat(toAsk(new Places(), "shop", 5, 6)).isGreaterThan(Duration.ofSeconds(1));
  }

  @Test
  void theStrictestLimitHoldsForAll() throws InterruptedException {
    Places places = new Places();
    Place strict = places.of("shop", 2);

    assertThat(toAsk(places, "shop", Places.UNLIMITED, 3)).isGreaterThan(Duration.ofSeconds(1));
    strict.end();
  }

  @Test
  void lessThanOneInASecondIsOneInSeveral() throws InterruptedException {
    assertThat(toAsk(new Places(), "shop", 0.5, 2))
        .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
  }

  @Test
  void nobodyWaitsForAnotherThingOrWithoutLimit() throws InterruptedException {
    Places places = new Places();
    toAsk(places, "shop", 1, 1);

    assertThat(toAsk(places, "bakery", 1, 1)).isLessThan(Duration.ofSeconds(1));
    assertThat(toAsk(places, "library", Places.UNLIMITED, 100)).isLessThan(Duration.ofSeconds(1));
  }
}
