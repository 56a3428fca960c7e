package io.caravan.sandbox;

import java.util.function.Supplier;

/**
 * What a request asks for, known before it is done, so that it can be counted or made to fail.
 *
 * @param kind the vendor's name for it, as in {@code values.batchGet}
 * @param writes whether it changes anything
 * @param run does it; throws {@link Refusal}
 */
record StandInOperation(String kind, boolean writes, Supplier<StandInAnswer> run) {}
