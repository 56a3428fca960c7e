package io.caravan.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Somebody who can edit bases. */
public record AirtableUser(String id, String email, String name) {
  ObjectNode json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", id)
        .put("email", email)
        .put("name", name);
  }
}
