// Package page contains the result of reading a page of the documentation from any source: its facts, and the issues that a
// person should know.
package page
