. as $c
| ([
    if $c.includeVariants == false then empty else "variants" end,
    if $c.includeImages == false then empty else "images" end
  ] | join(",")) as $parts
| ({sort: "id", direction: "asc"}
  + if $parts == "" then {} else {"include": $parts} end
  + if $c.includeInventory == false
    then {exclude_fields: "inventory_level,inventory_warning_level,inventory_tracking"} else {} end
  ) as $parameters
| {
    name: "products",
    path: "/stores/\($c.storeHash)/v3/catalog/products",
    recordPath: "/data",
    primaryKey: "id",
    paginator: {type: "page", parameter: "page", start: 1, size: 250, sizeParameter: "limit"}
  } as $products
| {
    baseUrl: ($c.baseUrl // "https://api.bigcommerce.com"),
    auth: {type: "header", header: "X-Auth-Token", secrets: {value: "accessToken"}},
    rateLimitPerSecond: ($c.rateLimitPerSecond // 5),
    resources: [
      $products
      + if $c.categories
        then {parameters: ($parameters + {"categories:in": ($c.categories | map(tostring) | join(","))})}
        else {
          parameters: $parameters,
          cursorField: "date_modified",
          cursorParameter: "date_modified:min",
          cursorOverlap: 60
        } end
    ]
  }
