package io.caravan.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A file of somebody's drive.
 *
 * @param folder id of the folder it is in
 * @param owner whom it is shared with
 * @param text of a Google Doc; null for any other file
 * @param withheld whether readers may not download it
 */
record DriveFile(
    String id,
    String name,
    String mimeType,
    String folder,
    String owner,
    Instant modified,
    String text,
    boolean withheld) {
  static final String DOCUMENT = "application/vnd.google-apps.document";

  ObjectNode json() {
    ObjectNode file =
        JsonNodeFactory.instance
            .objectNode()
            .put("kind", "drive#file")
            .put("id", id)
            .put("name", name)
            .put("mimeType", mimeType)
            .put("trashed", false)
            .put("modifiedTime", modified.toString());
    file.putArray("parents").add(folder);
    return file;
  }

  DriveFile edited(String newText, Instant at) {
    return new DriveFile(id, name, mimeType, folder, owner, at, newText, withheld);
  }

  DriveFile asWithheld() {
    return new DriveFile(id, name, mimeType, folder, owner, modified, text, true);
  }

  int bytes() {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
