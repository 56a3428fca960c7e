package io.caravan.sandbox;

/**
 * Shares numbered items out among numbered owners, each getting a run of neighbours: the first
 * {@code owners} get exactly {@code items} together, later ones go on at the same rate. The border
 * between two owners is moved by chance, so that shares differ in size.
 */
record BlueShare(BlueTrait border, long items, long owners) {

  /** The number of the owner's first item. */
  long first(long owner) {
    if (owners == 0) {
      return 0;
    }
    long even = owner * items / owners;
    // Never moved further than an even share is wide, so that no border overtakes the next.
    int room = (int) (items / owners) + 1;
    return owner == 0 || owner == owners ? even : even + border.below(room, owner);
  }

  int count(long owner) {
    return (int) (first(owner + 1) - first(owner));
  }
}
