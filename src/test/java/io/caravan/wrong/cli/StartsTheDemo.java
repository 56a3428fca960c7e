package io.caravan.wrong.cli;

import io.caravan.wrong.sandbox.Demo;

public record StartsTheDemo(Demo demo) {}
