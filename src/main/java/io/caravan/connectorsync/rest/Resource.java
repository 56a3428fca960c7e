package io.caravan.connectorsync.rest;

import com.fasterxml.jackson.core.JsonPointer;
import io.caravan.paging.Paginator;
import java.net.URI;
import java.util.List;

/**
 * A list that is fetched, and the dataset it becomes.
 *
 * @param list its address, parameters included
 * @param recordPaths where in a page the records stand; the empty pointer when a page is the list.
 *     Of several, the first that a page has
 * @param unwrap the record's field whose own fields become the record's; null for none
 * @param primaryKey names of the fields that tell one record from another
 * @param cursorField what grows with every change of a record; null for none
 * @param since asks for what changed since; null for none
 */
public record Resource(
    String name,
    URI list,
    List<JsonPointer> recordPaths,
    String unwrap,
    List<String> primaryKey,
    JsonPointer cursorField,
    Since since,
    Paginator paginator) {

  /**
   * @param most records that the server was seen to give at once; 0 for not known
   * @return a list whose pages are no larger
   */
  public Resource within(int most) {
    return most == 0 || paginator.sizeParameter() == null || paginator.size() <= most
        ? this
        : new Resource(
            name,
            list,
            recordPaths,
            unwrap,
            primaryKey,
            cursorField,
            since,
            paginator.withSize(most));
  }
}
