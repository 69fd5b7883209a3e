// Package emit converts the request and the responses of a page to facts.
package emit
