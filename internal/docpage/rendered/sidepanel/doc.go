// Package sidepanel reads what stands beside the documentation: how to authorize, a sample call, and a form to try the operation.
// It repeats much of the page, so that the two can be compared. The sample of the request body stands only here.
package sidepanel
