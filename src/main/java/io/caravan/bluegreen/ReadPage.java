package io.caravan.bluegreen;

/**
 * A page that was read to its end. When the same bytes come from the same address again, they need
 * not be read to know which page is next.
 *
 * @param digest SHA-256 of the body in hexadecimal digits
 * @param elements how many it has; 0 where pages are not counted
 * @param next address of the page after it; null after the last
 */
record ReadPage(String address, String digest, long elements, String next) {}
