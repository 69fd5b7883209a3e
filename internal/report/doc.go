// Package report writes the outcome of a drift check for people and for machines: for a terminal, as JSON, as annotations of
// a GitHub workflow, as SARIF, as JUnit, as the body of an issue, and as a page for a browser.
//
// What a report quotes was written by somebody else. Every format shows it without interpreting it: control characters become
// escapes, and the syntax of the format itself is escaped.
package report
