package io.caravan.wrong.valuesync;

import org.apache.camel.Exchange;

record ImportsCamel(Exchange exchange) {}
