package io.caravan.blue;

/** A call of Green that is to be made next. It holds no secret. */
public record GreenCall(String method, String url) {}
