package io.caravan.schemasync;

/**
 * Something that somebody is to be told about an incident.
 *
 * @param incident as it is now
 */
record DriftEvent(Kind kind, Incident incident) {
  enum Kind {
    OPENED,
    /** It is more severe than it was told to be. */
    WORSENED,
    /** It has lasted for long. */
    REMINDED,
    RESOLVED
  }
}
