package io.caravan.wrong.valuesync;

import io.caravan.wrong.schemasync.Drift;

record ImportsAnotherPipeline(Drift drift) {}
