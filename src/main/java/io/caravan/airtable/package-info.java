/** Airtable's Web API: what is asked, what its answers mean, and how its limits are kept. */
package io.caravan.airtable;
