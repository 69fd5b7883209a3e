// Package sandboxproof tests the promises of the sandbox: a killed process loses no change that it acknowledged, memory does not grow
// with the number of requests, and every answer conforms to its document.
package sandboxproof
