/**
 * How a connector reaches another system: which addresses it may reach, how much may come back and
 * how long that may take, and what an answer means. Whoever writes a connector is not trusted with
 * the network that Caravan stands in.
 */
package io.caravan.reach;
