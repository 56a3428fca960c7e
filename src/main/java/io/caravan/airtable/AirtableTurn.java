package io.caravan.airtable;

import java.util.concurrent.Semaphore;

/** One request's places within what a base and an account may be asked. Of one thread. */
public final class AirtableTurn {
  private final Semaphore ofBase;
  private final Semaphore ofAccount;
  private boolean base;
  private boolean account;

  AirtableTurn(Semaphore ofBase, Semaphore ofAccount) {
    this.ofBase = ofBase;
    this.ofAccount = ofAccount;
  }

  void awaitBase() throws InterruptedException {
    ofBase.acquire();
    base = true;
  }

  void awaitAccount() throws InterruptedException {
    ofAccount.acquire();
    account = true;
  }

  void end() {
    if (base) {
      Places.giveBack(ofBase);
    }
    if (account) {
      Places.giveBack(ofAccount);
    }
  }
}
