package io.caravan.wrong.source;

import io.caravan.wrong.schemasync.Drift;

public record KnowsAPipeline(Drift drift) {}
