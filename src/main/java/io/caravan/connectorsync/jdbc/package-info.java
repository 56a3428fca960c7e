/** Databases as sources: a table or a query, read over JDBC row by row. */
package io.caravan.connectorsync.jdbc;
