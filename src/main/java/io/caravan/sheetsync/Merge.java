package io.caravan.sheetsync;

import java.util.List;

/**
 * The three-way merge of an Airtable table and a sheet against what both last agreed on. A pure
 * function: the same input gives the same plan, and a plan that was carried out gives an input
 * whose plan is idle.
 */
public final class Merge {
  private Merge() {}

  /**
   * @param input both sides, the base and the config
   * @return every write, conflict and problem; with a halt in it nothing of it may be written
   */
  public static Plan plan(MergeInput input) {
    Layout layout = LayoutFinder.find(input);
    PlanBuilder plan = new PlanBuilder(layout, input.options().createMissingLinkedRecords());
    if (!layout.halts().isEmpty()) {
      return plan.build(Pairing.NONE, layout.halts());
    }
    Pairing pairing = new RowMatcher(input, layout, plan).match();
    ConflictRules rules = new ConflictRules(input);
    PairMerge pairs = new PairMerge(input, layout, plan, rules);
    for (Pairing.Pair pair : pairing.pairs()) {
      if (isFree(input, plan, pair.record().id())) {
        pairs.merge(pair);
      }
    }
    SingleMerge singles = new SingleMerge(input, layout, plan, rules);
    for (AirtableRecord record : pairing.recordsWithoutRow()) {
      if (isFree(input, plan, record.id())) {
        singles.merge(record);
      }
    }
    for (Pairing.Orphan orphan : pairing.orphans()) {
      if (isFree(input, plan, orphan.recordId())) {
        singles.merge(orphan);
      }
    }
    pairing.newRows().forEach(singles::merge);
    pairing.gone().forEach(plan::forget);
    List<Halt> halts =
        Brakes.check(input, pairing, plan.recordDeletes.size(), plan.rowDeletes.size());
    return plan.build(pairing, halts);
  }

  private static boolean isFree(MergeInput input, PlanBuilder plan, String recordId) {
    if (!input.options().frozenRecords().contains(recordId)) {
      return true;
    }
    plan.problem(
        new Problem(
            Problem.Kind.FROZEN,
            recordId,
            null,
            null,
            "Record %s is written back and forth; find what else writes it, then resume the config."
                .formatted(recordId)));
    return false;
  }
}
