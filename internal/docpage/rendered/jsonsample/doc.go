// Package jsonsample reads the JSON that a page prints. It is generated from the same schema as the fields, in the same
// order, and is the main evidence of what is inside what. That is why the order of its keys is preserved.
package jsonsample
