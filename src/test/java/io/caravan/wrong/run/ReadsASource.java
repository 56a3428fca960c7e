package io.caravan.wrong.run;

import io.caravan.wrong.failure.KnowsARun;
import io.caravan.wrong.source.KnowsAPipeline;

/** Makes a cycle with {@link KnowsARun}, too. */
public record ReadsASource(KnowsAPipeline source, KnowsARun failure) {}
