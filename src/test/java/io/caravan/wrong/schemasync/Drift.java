package io.caravan.wrong.schemasync;

public final class Drift {}
