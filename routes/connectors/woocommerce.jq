. as $c
| ([
    "id", "name", "slug", "permalink", "date_created_gmt", "date_modified_gmt", "type", "status", "featured",
    "catalog_visibility", "description", "short_description", "sku", "global_unique_id", "price", "regular_price", "sale_price",
    "on_sale", "purchasable", "virtual", "downloadable", "tax_status", "tax_class", "weight", "dimensions", "shipping_class",
    "reviews_allowed", "parent_id", "categories", "tags", "brands", "attributes", "default_attributes", "grouped_products",
    "upsell_ids", "cross_sell_ids", "meta_data"
  ]
  + if $c.includeVariants == false then [] else ["variations"] end
  + if $c.includeImages == false then [] else ["images"] end
  + if $c.includeInventory == false then [] else ["manage_stock", "stock_quantity", "stock_status", "backorders"] end
  | join(",")) as $fields
| {_fields: $fields, orderby: "id", order: "asc"} as $parameters
| {
    path: "/wp-json/wc/v3/products",
    primaryKey: "id",
    paginator: {type: "link", size: 100, sizeParameter: "per_page"}
  } as $products
| {
    baseUrl: ($c.baseUrl // "https://\($c.shopDomain)"),
    auth: {type: "basic", secrets: {username: "consumerKey", password: "consumerSecret"}},
    rateLimitPerSecond: ($c.rateLimitPerSecond // 5),
    resources: (
      if $c.categories then
        [$c.categories[] | $products + {name: "products-\(.)", parameters: ($parameters + {category: tostring})}]
      else
        [$products + {
          name: "products",
          parameters: ($parameters + {dates_are_gmt: true}),
          cursorField: "date_modified_gmt",
          cursorParameter: "modified_after",
          cursorOverlap: 60
        }]
      end
    )
  }
