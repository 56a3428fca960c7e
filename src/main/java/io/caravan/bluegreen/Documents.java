package io.caravan.bluegreen;

import java.io.IOException;
import java.io.InputStream;

/** The JSON documents that make up one payload, in their order; each can be read again. */
interface Documents {
  int count();

  /**
   * @param number from 0
   */
  InputStream open(int number) throws IOException;
}
