package io.caravan.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** One element of a Blue path's array, made while it is written. */
@FunctionalInterface
interface BlueElement {

  void write(JsonGenerator json) throws IOException;
}
