package docblocks

import "strings"

// exception is a line of a block that is not run as it stands, or a block that is not code, and why.
type exception struct {
	file   string
	line   string // the line begins so; of a block that is not code, its first line
	reason string
}

// notCode are blocks that show something else than code.
var notCode = []exception{
	{"README.md", "documentation page → spec/docs", "a picture"},
	{"docs/architecture.md", "documentation page -> spec/docs", "a picture"},
	{"api/options.go", "HIGHLEVEL_TOKEN  ", "a table; TestTheVariablesOfACommentAreThoseThatAreRead holds it"},
	{"api/rest/doc.go", "withTimeout  ", "a list of unexported functions"},
	{"api/sandbox/fault_text.go", `{"status": 429`, "two forms of a fault; the tests of the package read both"},
}

// notRun are lines that are only parsed: the shell reads them, and a command of the project is asked for its help with all that
// the line gives it, which refuses a command or a flag that it does not have.
var notRun = []exception{
	{"README.md", "go install ", "the commands are built for this test, into another directory"},
	{"README.md", "make run", "it takes half a minute; CI runs what it runs"},
	{"README.md", "make test", "it is what runs this"},
	{"docs/guide/tests.md", "docker ", "it needs a container engine; TestContainerRunsTheSandbox does what the file says"},
	{"docs/guide/oauth-app.md", "HIGHLEVEL_CLIENT_SECRET=… snapshots auth login", "it waits for a person at a browser; a script of the command plays one"},
	{"docs/guide/oauth-app.md", "snapshots auth status", "nobody has logged in"},
	{"docs/guide/oauth-app.md", "HIGHLEVEL_CLIENT_SECRET=sandbox-secret snapshots auth login", "it waits for a browser; a script of the command plays one"},
	{"docs/guide/oauth-app.md", "snapshots list --profile trial", "nobody has logged in"},
	{"gen/README.md", "go run ./gen ", "arguments that stand for others; the tests of gen run both"},
	{"CONTRIBUTING.md", "go test -c -o bench.test ", "it measures for a minute"},
	{"CONTRIBUTING.md", "cd internal/prove/driftmutants && time ", "it measures for a minute"},
	{"CONTRIBUTING.md", "go mod edit ", "a step of a release"},
	{"CONTRIBUTING.md", "GOWORK=off go ", "a step of a release"},
	{"CONTRIBUTING.md", "make check test", "a step of a release"},
}

// find returns the exception of a line, and records in used that it is needed.
func find(exceptions []exception, file, line string, used map[exception]bool) (exception, bool) {
	for _, e := range exceptions {
		if e.file == file && strings.HasPrefix(line, e.line) {
			used[e] = true
			return e, true
		}
	}
	return exception{}, false
}
