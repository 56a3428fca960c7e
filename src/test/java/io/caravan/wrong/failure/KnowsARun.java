package io.caravan.wrong.failure;

import io.caravan.wrong.run.ReadsASource;

public record KnowsARun(ReadsASource run) {}
