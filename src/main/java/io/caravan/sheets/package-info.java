/** Google Sheets: what is asked, through Google's own client, and what its answers mean. */
package io.caravan.sheets;
