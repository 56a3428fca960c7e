/**
 * The run ledger: what was asked, what came of it, who holds it. Knows no pipeline by name.
 *
 * <p>A <em>run</em> is one execution of a pipeline, an <em>item</em> one piece of its work. Both
 * are rows, and both are held by one node under a <em>lease</em> that its heartbeat renews; a
 * lapsed lease lets another node carry on with what is not done yet. A <em>lane</em> is what
 * several items share a limit for, for example one customer's database. A run is <em>whole</em>
 * when it works on everything its pipeline finds; of those one at a time is running.
 */
package io.caravan.run;
