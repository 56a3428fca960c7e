/** How a list that a server hands out in pages is followed to its end. */
package io.caravan.paging;
