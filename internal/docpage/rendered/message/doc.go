// Package message reads the two sections that hold the messages of an operation: the request with its parameters and bodies, and the
// responses with their headers and bodies. It finds out which description and which body belong to which status.
package message
