package report

import (
	"encoding/xml"
	"io"

	"github.com/highlevel-go/snapshots/internal/drift"
)

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	Failure *junitProblem `xml:"failure"`
	Error   *junitProblem `xml:"error"`
	Out     string        `xml:"system-out,omitempty"`
}

type junitProblem struct {
	Type    string `xml:"type,attr"`
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// JUnit writes a report as tests, one for each finding. Errors are failures, and findings that cannot be judged are errors;
// warnings, notes and intended differences pass, with their text as output. The first test represents the comparison itself,
// so that a clean run is not empty.
func JUnit(w io.Writer, r *drift.Report) error {
	suite := junitSuite{Name: "specdrift check"}
	first := junitCase{Class: "specdrift", Name: compared(r), Out: summary(r)}
	for _, remark := range r.Remarks {
		first.Out += "\nremark: " + remark
	}
	suite.add(first)
	for _, f := range inOrder(r.Findings) {
		c := junitCaseOf(f)
		problem := &junitProblem{Type: f.Kind, Message: visible(f.Message, ""), Text: visible(plain(f), "\n\t")}
		switch labelOf(f) {
		case cannotJudge:
			c.Error = problem
		case isError:
			c.Failure = problem
		default:
			c.Out = labelOf(f).name + ": " + plain(f)
		}
		suite.add(c)
	}
	for _, f := range r.OnPurpose {
		c := junitCaseOf(f)
		c.Out = "on purpose: " + plain(f)
		suite.add(c)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", "  ")
	all := junitSuites{Name: "specdrift", Tests: suite.Tests, Failures: suite.Failures, Errors: suite.Errors, Suites: []junitSuite{suite}}
	if err := encoder.Encode(all); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// junitCaseOf returns the test of a finding. Its name is the id of the finding, which is stable between runs, so that its
// history can be followed.
func junitCaseOf(f *drift.Finding) junitCase {
	return junitCase{Class: operations(f, 3), Name: f.ID}
}

// add counts a test, and escapes what XML cannot contain.
func (s *junitSuite) add(c junitCase) {
	c.Class, c.Name, c.Out = visible(c.Class, ""), visible(c.Name, ""), visible(c.Out, "\n\t")
	if c.Failure != nil {
		s.Failures++
	}
	if c.Error != nil {
		s.Errors++
	}
	s.Tests++
	s.Cases = append(s.Cases, c)
}
