// Package docblocks runs the documentation: every block of code in the README, CONTRIBUTING, the pages of docs/, and the comments
// of the client's packages. Go compiles, programs and commands run against a sandbox, and what cannot run is listed with its reason. (The go command ignores files
// of a package that is called documentation, as the directory is.)
package docblocks
