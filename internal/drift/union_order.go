package drift

import (
	"slices"
	"strconv"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// inOrder returns the second document with the variants of each union in the order of the first, if both have the same ones:
// the order of a union does not matter.
func inOrder(from, to *index, as comparison) *index {
	for _, f := range from.op.Facts {
		if f.Aspect != facts.Union || to.value(f.Place, f.Aspect) != f.Value {
			continue
		}
		was, is := variants(from.op, f.Place, as), variants(to.op, f.Place, as)
		if order := orderOf(is, was); order != nil && !slices.Equal(was, is) {
			to = indexOf(reordered(to.op, f.Place, order))
		}
	}
	return to
}

// variants returns what a document says about each variant of a union.
func variants(op *facts.Operation, union facts.Place, as comparison) []string {
	var lines [][]string
	for _, f := range op.Facts {
		i, rest := variantOf(f.Place, union)
		if i < 0 || as.skip(f.Place, f.Aspect) {
			continue
		}
		for len(lines) <= i {
			lines = append(lines, nil)
		}
		lines[i] = append(lines[i], rest+" "+string(f.Aspect)+" "+f.Value)
	}
	out := make([]string, len(lines))
	for i := range lines {
		slices.Sort(lines[i])
		out[i] = strings.Join(lines[i], "\n")
	}
	return out
}

// variantOf returns the number of the variant that contains a place, and the rest of the place; -1 if there is none.
func variantOf(place, union facts.Place) (number int, rest string) {
	text, ok := strings.CutPrefix(string(place), string(union)+"|")
	if !ok {
		return -1, ""
	}
	end := len(text) - len(strings.TrimLeft(text, "0123456789"))
	number, err := strconv.Atoi(text[:end])
	if err != nil || number >= maxVariants {
		return -1, ""
	}
	return number, text[end:]
}

// maxVariants is the largest number of variants of a union that are compared.
const maxVariants = 1000

// orderOf returns the index in was of each element of is; nil if the two differ.
func orderOf(is, was []string) []int {
	if len(is) != len(was) {
		return nil
	}
	used := make([]bool, len(was))
	order := make([]int, len(is))
	for i, variant := range is {
		order[i] = -1
		for j := range was {
			if !used[j] && was[j] == variant {
				order[i], used[j] = j, true
				break
			}
		}
		if order[i] < 0 {
			return nil
		}
	}
	return order
}

// reordered returns an operation with renumbered variants of a union.
func reordered(op *facts.Operation, union facts.Place, order []int) *facts.Operation {
	out := *op
	out.Facts = slices.Clone(op.Facts)
	for n, f := range out.Facts {
		if i, rest := variantOf(f.Place, union); i >= 0 {
			out.Facts[n].Place = union.Variant(order[i]) + facts.Place(rest)
		}
	}
	return &out
}
