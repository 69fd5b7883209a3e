// Package report writes the outcome of a drift check for people and for machines: for a terminal, as JSON, as annotations of
// a GitHub workflow, as SARIF, as JUnit, as the body of an issue, and as a page for a browser.
//
// What a report quotes was written by somebody else. Every format shows it, and none obeys it: control characters come out as
// escapes, and the marks of the format itself are neutralised.
package report
