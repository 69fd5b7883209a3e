package drift

// effect is what a change does: to calls on the wire, and to programs that use the client.
type effect struct {
	severity      Severity
	wire, program string
	// final: the severity is this project's rule; otherwise oasdiff may know better.
	final bool
}
