package io.caravan.blue;

import java.util.List;

/**
 * How it stands with the Blue side.
 *
 * @param configured whether a sync can be asked for
 * @param running the sync under way, with its checks so far; null when there is none
 * @param lastSync the one that ended last; null when there is none, as the next
 * @param lastSuccessfulSync the one that succeeded last
 * @param history newest first
 */
public record BlueStatus(
    boolean configured,
    BlueSync running,
    BlueSync lastSync,
    BlueSync lastSuccessfulSync,
    List<BlueSync> history) {}
