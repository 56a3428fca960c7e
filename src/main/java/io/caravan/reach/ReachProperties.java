package io.caravan.reach;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What connectors may reach, and how much may come back.
 *
 * @param allowPrivateAddresses whether loopback and private networks may be reached (CONTRACT,
 *     {@code CONNECTORSYNC_ALLOW_PRIVATE_ADDRESSES}); link-local addresses and those of cloud
 *     metadata never may
 * @param maxBody bytes of one answer, unpacked; a large one is put aside on disk
 * @param maxCompression how many times as large as what was sent an answer may become when it is
 *     unpacked; looked at from 10 MB on
 * @param connectTimeout until a connection stands
 * @param responseTimeout how long a server may be silent, before its answer and within it
 * @param longestRequest from the first connection to the last byte, redirects included
 */
@ConfigurationProperties("caravan.connectorsync")
public record ReachProperties(
    @DefaultValue("false") boolean allowPrivateAddresses,
    @DefaultValue("2GB") DataSize maxBody,
    @DefaultValue("200") int maxCompression,
    @DefaultValue("10s") Duration connectTimeout,
    @DefaultValue("60s") Duration responseTimeout,
    @DefaultValue("15m") Duration longestRequest) {}
