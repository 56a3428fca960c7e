package io.caravan.sheetsync;

import java.util.List;

/**
 * Where everything stands in the sheet, found by header text and never remembered by position
 * (defects D13, D15).
 *
 * @param columns the mapped fields that can be merged
 * @param idColumn the column of the record ids, or -1 when there is none and none may be added
 * @param matchOn the column that pairs rows without id, or null
 * @param newHeaders headers to be written, beyond all that is there
 * @param problems what is wrong with the mapping; each such field is left out
 * @param halts what makes any merge impossible
 */
record Layout(
    List<Column> columns,
    int idColumn,
    Column matchOn,
    List<Plan.HeaderCell> newHeaders,
    List<Problem> problems,
    List<Halt> halts) {}
