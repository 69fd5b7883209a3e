// Package sections finds the parts of a page: title, method and address, description, requirements, request, responses, and the
// panel beside them.
package sections
