package config

// Keys lists every key of publish.yaml, and with a dot before their names the
// keys of mappings and of the items of lists: "feed", "feed.limit",
// "severities.label". The order is that of the tables.
func Keys() []string {
	below := map[string][]string{
		"pages":           names(pagesKeys),
		"countermeasures": names(countermeasuresKeys),
		"severities":      names(severityKeys),
		"services":        names(serviceKeys),
		"menu":            names(menuKeys),
		"theme":           names(themeKeys),
		"feed":            names(feedKeys),
		"data":            names(dataKeys),
		"redact":          names(redactKeys),
	}
	var all []string
	for _, name := range names(keys) {
		all = append(all, name)
		for _, inner := range below[name] {
			all = append(all, name+"."+inner)
		}
	}
	return all
}

func names[T any](table []key[T]) []string {
	list := make([]string, len(table))
	for i, k := range table {
		list[i] = k.name
	}
	return list
}
