package io.caravan.bench;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * The least that a Camel program with ten routes can be, idle: five timers that call five direct
 * routes.
 */
public final class TenRoutes {
  private TenRoutes() {}

  public static void main(String[] arguments) throws Exception {
    DefaultCamelContext camel = new DefaultCamelContext();
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            for (int i = 0; i < 5; i++) {
              from("timer:tick-" + i + "?period=5000").to("direct:part-" + i);
              from("direct:part-" + i).setBody(constant("nothing"));
            }
          }
        });
    camel.start();
    System.out.println(camel.getRoutesSize() + " routes started");
    Thread.currentThread().join();
  }
}
