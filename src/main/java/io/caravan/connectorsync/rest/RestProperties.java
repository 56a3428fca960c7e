package io.caravan.connectorsync.rest;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How lists are fetched.
 *
 * @param maxPages of one list; one that has more does not end
 * @param fullEvery every so many syncs everything is fetched though the source offers a cursor, so
 *     that removed records are found; 0 for never
 */
@ConfigurationProperties("caravan.connectorsync")
public record RestProperties(
    @DefaultValue("100000") int maxPages, @DefaultValue("24") int fullEvery) {}
