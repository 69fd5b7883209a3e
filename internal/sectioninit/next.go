package sectioninit

import "fmt"

// NextSteps returns the commands that generate and test the client of a section. As there is no release yet, another module
// needs the path of a checkout of this project.
func NextSteps(section string, module Module, checkout string) []string {
	check := "go tool specdrift check --section " + section
	steps := []string{"go generate ./..."}
	if module.Path == Project {
		check = "go run ./cmd/specdrift check --section " + section
	} else {
		if checkout == "" {
			checkout = "CHECKOUT"
		}
		steps = []string{
			fmt.Sprintf("go mod edit -replace=%[1]s=%[2]s -replace=%[1]s/api=%[2]s/api -tool=%[1]s/gen -tool=%[1]s/cmd/specdrift", Project, checkout),
			"go mod tidy -e # -e: the client is not there yet",
			"go generate ./...",
			"go mod tidy",
		}
		if checkout == "CHECKOUT" {
			steps[0] += " # CHECKOUT is the folder that this project was cloned into"
		}
	}
	if module.Path == "" {
		steps = append([]string{"go mod init " + newModule(section)}, steps...)
	}
	return append(steps, check, "go test ./spec/"+section)
}

// newModule returns the path that a new module is given.
func newModule(section string) string { return "example.com/" + section }
