package clientmutants

import (
	"path"
	"slices"
)

// generatedClient is a client of the project that mutants are made of.
type generatedClient struct {
	dir      string // of its code, below the root
	spec     string // its document, below the root
	embedded string // the variable of package spec that holds the document
	fixtures string // the directory of its answers, below the root
	own      func() []Operator
}

var generatedClients = []generatedClient{
	{"api", "spec/snapshots.yaml", "Snapshots", "conformance/fixtures", ofSnapshots},
	{"api/locations", "spec/locations.yaml", "Locations", "spec/locations/fixtures", ofLocations},
}

// operators returns the operators on the files of the client.
func (c generatedClient) operators() []Operator {
	all := slices.Concat(ofEveryClient(), nearlyRight(), c.own())
	for i := range all {
		all[i].File = path.Join(c.dir, all[i].File)
	}
	return all
}

// clientOf returns the client that a mutant changes, or nil for a mutant of the engine.
func clientOf(m Mutant) *generatedClient {
	for i, c := range generatedClients {
		if !m.engine() && path.Dir(m.File) == c.dir {
			return &generatedClients[i]
		}
	}
	return nil
}

// Generated returns the operators on generated code, one client after the other.
func Generated() []Operator {
	var all []Operator
	for _, c := range generatedClients {
		all = append(all, c.operators()...)
	}
	return all
}
