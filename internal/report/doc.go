// Package report writes the outcome of a drift check for people and for machines.
package report
