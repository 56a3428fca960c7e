package io.caravan;

import io.caravan.cli.CaravanCommand;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts Caravan: without words it serves; see {@link CaravanCommand} for the others. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Caravan {
  public static void main(String[] args) {
    Carriers.provide();
    CaravanCommand.execute(Caravan.class, args).ifPresent(System::exit);
  }
}
