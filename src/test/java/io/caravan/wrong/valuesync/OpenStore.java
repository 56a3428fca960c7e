package io.caravan.wrong.valuesync;

public final class OpenStore {}
