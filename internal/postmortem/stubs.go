package postmortem

// Stubs of readers that are being written; each goes when its file lands.

