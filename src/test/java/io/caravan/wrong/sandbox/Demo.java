package io.caravan.wrong.sandbox;

public final class Demo {}
