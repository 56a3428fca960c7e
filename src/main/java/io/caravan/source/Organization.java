package io.caravan.source;

import java.util.UUID;

/** A customer (CONTRACT section 3). Nothing of it runs before its onboarding is completed. */
public record Organization(UUID id, String name, boolean onboardingCompleted) {}
