// Starts the preview's script in a page.
