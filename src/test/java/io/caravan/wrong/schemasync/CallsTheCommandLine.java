package io.caravan.wrong.schemasync;

import io.caravan.wrong.cli.StartsTheDemo;

record CallsTheCommandLine(StartsTheDemo command) {}
