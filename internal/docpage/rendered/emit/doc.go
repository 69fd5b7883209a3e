// Package emit turns what was read of the request and the responses into facts.
package emit
