. as $c
| "/admin/api/\($c.apiVersion // "2026-07")" as $api
| ([
    "id", "title", "body_html", "vendor", "product_type", "handle", "created_at", "updated_at", "published_at",
    "published_scope", "status", "tags", "template_suffix", "admin_graphql_api_id", "options"
  ]
  + if $c.includeVariants == false then [] else ["variants"] end
  + if $c.includeImages == false then [] else ["image", "images"] end
  | join(",")) as $fields
| {type: "link", size: 250, sizeParameter: "limit"} as $pages
| {
    path: "\($api)/products.json",
    recordPath: "/products",
    primaryKey: "id",
    paginator: $pages
  } as $products
| {
    baseUrl: ($c.baseUrl // "https://\($c.shopDomain)"),
    auth: {type: "header", header: "X-Shopify-Access-Token", secrets: {value: "accessToken"}},
    rateLimitPerSecond: ($c.rateLimitPerSecond // 2),
    resources: (
      if $c.categories then
        [$c.categories[] | $products + {name: "products-\(.)", parameters: {fields: $fields, collection_id: tostring}}]
      else
        [$products + {
          name: "products",
          parameters: {fields: $fields},
          cursorField: "updated_at",
          cursorParameter: "updated_at_min",
          cursorOverlap: 60
        }]
      end
      + if $c.includeInventory then
          [{
            name: "inventory",
            path: "\($api)/inventory_levels.json",
            parameters: {location_ids: ($c.locationIds | map(tostring) | join(","))},
            recordPath: "/inventory_levels",
            primaryKey: ["inventory_item_id", "location_id"],
            paginator: $pages
          }]
        else [] end
    )
  }
