package io.caravan.airtable;

import io.caravan.reach.Places.Place;

/** One request's places within what a base and an account may be asked. Of one thread. */
public final class AirtableTurn {
  private final Place ofBase;
  private final Place ofAccount;

  AirtableTurn(Place ofBase, Place ofAccount) {
    this.ofBase = ofBase;
    this.ofAccount = ofAccount;
  }

  void awaitBase() throws InterruptedException {
    ofBase.await();
  }

  void awaitAccount() throws InterruptedException {
    ofAccount.await();
  }

  void end() {
    ofBase.end();
    ofAccount.end();
  }
}
