// Package sections finds the parts of a page: title, method and address, description, requirements, request, responses, and
// the panel next to them.
package sections
