// Package sandboxproof tests the guarantees of the sandbox: a killed process loses no change that it acknowledged, memory
// does not grow with the number of requests, and every response conforms to its document.
package sandboxproof
