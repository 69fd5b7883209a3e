// Package sandboxproof holds the sandbox to what it promises: a process that is killed loses nothing that it acknowledged, many
// requests need no more memory than few, and everything that it sends is as documented.
package sandboxproof
