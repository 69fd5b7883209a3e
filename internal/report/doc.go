// Package report writes the outcome of a drift check for people and machines: for a terminal, as JSON, as annotations of a
// GitHub workflow, as SARIF, as JUnit, as the body of an issue, and as a web page.
//
// The texts quoted in a report were written by somebody else. Every format shows them without interpreting them: control
// characters become escapes, and the syntax of the format itself is escaped.
package report
