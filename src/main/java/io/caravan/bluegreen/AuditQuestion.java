package io.caravan.bluegreen;

/**
 * An audit that the database answers.
 *
 * @param sql one number: how many rows are wrong. Its names come from the entity file, whose form
 *     allows only letters, digits and underscores
 * @param message with a place for that number
 */
public record AuditQuestion(String entity, String sql, String message) {
  /** The audit with the database's answer. */
  Audit answered(long wrong) {
    return new Audit(entity, "references", wrong == 0, wrong, 0, message.formatted(wrong));
  }
}
