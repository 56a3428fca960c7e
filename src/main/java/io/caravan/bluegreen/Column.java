package io.caravan.bluegreen;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * One column of a published entity.
 *
 * @param name in snake case
 * @param at where the value is, in the row's element or the one around it
 * @param ofParent whether it is in the element around the row's
 * @param required a record without it is set aside
 * @param defaultValue stands for a value that is missing; may be null
 * @param references the entity whose key it holds; may be null
 */
record Column(
    String name,
    JsonPointer at,
    boolean ofParent,
    ColumnType type,
    boolean required,
    JsonNode defaultValue,
    String references) {}
