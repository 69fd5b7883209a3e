// Package sidepanel reads what is next to the documentation: how to authorize, a sample call, and a form to try the
// operation. It repeats much of the page, so that the two can be compared. Only the panel has the sample of the request
// body.
package sidepanel
