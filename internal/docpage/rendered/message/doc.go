// Package message reads the two sections with the messages of an operation: the request with its parameters and bodies, and
// the responses with their headers and bodies. It determines which description and which body belong to which status.
package message
