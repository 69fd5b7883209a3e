// Package page holds what reading a page of the documentation gives, from whichever source it is read: its facts, and the
// issues that a person should know.
package page
