{type: "rest", config: .}
