"""From text to tokens: the one analysis that the index, the query and the snippets share."""
