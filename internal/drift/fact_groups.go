package drift

import (
	"fmt"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// factGroups groups facts by a key, such as the reason why they are not compared, in order of first appearance.
type factGroups struct {
	keys  []string
	facts map[string][]facts.Fact
}

func (g *factGroups) add(f facts.Fact, key string) {
	if g.facts == nil {
		g.facts = map[string][]facts.Fact{}
	}
	if g.facts[key] == nil {
		g.keys = append(g.keys, key)
	}
	g.facts[key] = append(g.facts[key], f)
}

// notShown describes what pages cannot show, one line for each reason.
func notShown(byReason factGroups) (lines []string) {
	for _, reason := range byReason.keys {
		first, more := byReason.facts[reason][0], ""
		if n := len(byReason.facts[reason]) - 1; n > 0 {
			more = fmt.Sprintf(" and %d more", n)
		}
		lines = append(lines, fmt.Sprintf("%s of %s%s (%s)", first.Aspect, first.Place, more, reason))
	}
	return lines
}
