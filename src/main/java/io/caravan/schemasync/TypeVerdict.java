package io.caravan.schemasync;

/**
 * How a live type relates to the type that the YAML says.
 *
 * @param explanation one sentence with both spellings and what differs, for people
 */
public record TypeVerdict(Kind kind, String explanation) {

  /** From harmless to harmful, and last what nobody can tell. */
  public enum Kind {
    /** Another spelling at most, or a size where the YAML asks for none. */
    SAME,
    /** The live type holds everything that the YAML's type holds, and more. */
    WIDENING,
    /** Of a related kind, but some values of the YAML's type no longer fit. */
    NARROWING,
    /** Values of another kind. */
    INCOMPATIBLE,
    /** One of the types is not known, so neither clean nor a mismatch. */
    UNKNOWN
  }
}
