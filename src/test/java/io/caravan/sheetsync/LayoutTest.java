package io.caravan.sheetsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.caravan.sheetsync.Problem.Kind;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LayoutTest {
  private static TwoSides people() {
    return new TwoSides()
        .field("Name", "singleLineText")
        .field("Amount", "number", "{'precision':2}")
        .field("Total", "formula");
  }

  private static Map<String, Integer> columns(TwoSides sides) {
    return LayoutFinder.find(sides.input()).columns().stream()
        .collect(Collectors.toMap(column -> column.field().name(), Column::index));
  }

  private static void expectProblem(TwoSides sides, Kind kind, String field, String message) {
    assertThat(sides.plan().problems()).contains(new Problem(kind, null, field, null, message));
  }

  @Test
  void findsColumnsByHeaderWhereverTheyStand() {
    TwoSides sides =
        people().row(" Total ", "other", TwoSides.ID, "AMOUNT", "amount ", "Name", "name");
    sides.mappings.put("Amount", "amount");

    assertThat(columns(sides)).isEqualTo(Map.of("Name", 5, "Amount", 4, "Total", 0));
    assertThat(LayoutFinder.find(sides.input()).idColumn()).isEqualTo(2);
    assertThat(LayoutFinder.find(sides.input()).newHeaders()).isEmpty();
  }

  @Test
  void findsFieldsByIdAndByNameWithoutRegardToCase() {
    TwoSides sides = people().row(TwoSides.ID, "Name", "Amount", "Total");
    sides.mappings.clear();
    sides.mappings.putAll(Map.of("fldName", "Name", "amount", "Amount"));

    assertThat(columns(sides)).isEqualTo(Map.of("Name", 1, "Amount", 2));
  }

  @Test
  void addsMissingHeadersOfANewMappingBehindAllContent() {
    TwoSides sides = people().row("Name").row("Ada", null, null, "a note without a header");

    assertThat(sides.plan().headerCells())
        .containsExactly(
            new Plan.HeaderCell(1, 4, TwoSides.ID),
            new Plan.HeaderCell(1, 5, "Amount"),
            new Plan.HeaderCell(1, 6, "Total"));
  }

  @Test
  void writesNoHeaderOfAFieldWhereTheConfigForbidsIt() {
    TwoSides sides = people().row("Name", "Total");
    sides.includeHeader = false;

    expectProblem(
        sides,
        Kind.MISSING_COLUMN,
        "Amount",
        "No column is called Amount; rename the column of field Amount back or correct the"
            + " mapping.");
    assertThat(sides.plan().headerCells()).containsExactly(new Plan.HeaderCell(1, 2, TwoSides.ID));
  }

  @Test
  void aRenamedColumnIsLeftOutAndNotAddedAgain() {
    TwoSides sides = people().record("recA", "{'Name':'Ada','Amount':1}").inStep();
    sides.grid.getFirst().set(2, "Price");
    sides.set(2, 1, "Ada L.");

    Plan plan = sides.cycle();

    assertThat(plan.problems()).extracting(Problem::kind).containsExactly(Kind.MISSING_COLUMN);
    assertThat(plan.headerCells()).isEmpty();
    assertThat(sides.records.get("recA").get("fldName").asText()).isEqualTo("Ada L.");
    assertThat(sides.records.get("recA").get("fldAmount").asInt()).isEqualTo(1);
    sides.grid.getFirst().set(2, "Amount");
    assertThat(sides.plan().isIdle()).isTrue();
  }

  @Test
  void namesWhateverIsWrongWithTheMapping() {
    TwoSides sides = people().row(TwoSides.ID, "Name", "Amount", "Amount");
    sides.mappings.put("Colour", "Colour");
    sides.mappings.put("Total", "Name");
    sides.mappings.put("fldTotal", "Total");
    sides.matchOn = "Colour";

    assertThat(sides.plan().problems())
        .extracting(Problem::kind, Problem::field, Problem::message)
        .containsExactlyInAnyOrder(
            tuple(
                Kind.MISSING_FIELD,
                "Colour",
                "Table Things has no field Colour; correct the mapping."),
            tuple(
                Kind.FIELD_MAPPED_TWICE,
                "Total",
                "Field Total is mapped twice; the mapping to column Total is not used."),
            tuple(
                Kind.DUPLICATE_HEADER,
                "Amount",
                "2 columns are called Amount; rename all but the one for field Amount."),
            tuple(
                Kind.TWO_FIELDS_ONE_COLUMN,
                "Name",
                "Column Name is mapped to 2 fields; give field Name a column of its own."),
            tuple(
                Kind.TWO_FIELDS_ONE_COLUMN,
                "Total",
                "Column Name is mapped to 2 fields; give field Total a column of its own."),
            tuple(
                Kind.MATCH_FIELD_UNUSABLE,
                "Colour",
                "Rows without a record id cannot be matched on Colour, which is no mapped"
                    + " field."));
  }

  @Test
  void aFieldCannotHaveTheColumnOfTheIds() {
    TwoSides sides = people().row(TwoSides.ID, "Amount", "Total");
    sides.mappings.put("Name", TwoSides.ID);

    expectProblem(
        sides,
        Kind.ID_COLUMN_MAPPED,
        "Name",
        "Field Name is mapped to the column of the record ids; give it a column of its own.");
  }

  @Test
  void aReadOnlyFieldIsNoTarget() {
    TwoSides sides =
        people().row(TwoSides.ID, "Name", "Amount", "Total").row(null, "Ada", 1.0, 7.0);
    sides.direction = SyncDirection.SHEETS_TO_AIRTABLE;

    expectProblem(
        sides,
        Kind.READ_ONLY_TARGET,
        "Total",
        "Field Total (formula) cannot be written; it is left alone in this direction.");
    assertThat(sides.plan().recordCreates().getFirst().fields())
        .hasToString("{\"fldName\":\"Ada\",\"fldAmount\":1}");
  }

  @Test
  void noMappedFieldAtAllHalts() {
    TwoSides sides = people();
    sides.mappings.clear();
    sides.mappings.put("Colour", "Colour");

    assertThat(sides.plan().halts())
        .containsExactly(
            new Halt(Halt.Kind.NO_MAPPING, "No mapped field exists in table Things.", false));
  }

  @Test
  void columnsHaveTheNamesThatPeopleRead() {
    assertThat(List.of(0, 25, 26, 51, 52, 701, 702))
        .extracting(column -> SheetTab.address(column, 7))
        .containsExactly("A7", "Z7", "AA7", "AZ7", "BA7", "ZZ7", "AAA7");
  }
}
