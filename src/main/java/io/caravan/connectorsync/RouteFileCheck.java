package io.caravan.connectorsync;

import java.util.Optional;

/** Tells whether the route file of a connector type can be used, before a connector uses it. */
public interface RouteFileCheck {
  /**
   * @param type the type that the file is of
   * @param content the file
   * @return what is wrong, in one line; empty when it has the type's route template
   */
  Optional<String> problem(String type, byte[] content);
}
