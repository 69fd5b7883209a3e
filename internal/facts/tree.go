package facts

import "fmt"

// tree has the facts of one operation by place, for writing them as nested OpenAPI objects.
type tree struct {
	facts    map[Aspect]Fact
	step     Step
	children []*tree
	index    map[Step]*tree
}

func newTree(step Step) *tree {
	return &tree{step: step, facts: map[Aspect]Fact{}, index: map[Step]*tree{}}
}

// grow builds the tree of an operation's facts.
func grow(op *Operation) (*tree, error) {
	root := newTree(Step{})
	nodes := map[Place]*tree{}
	for _, fact := range op.Facts {
		node := nodes[fact.Place]
		if node == nil {
			steps, err := fact.Place.Steps()
			if err != nil {
				return nil, fmt.Errorf("%s: %w", fact.Pos, err)
			}
			node = root
			for _, step := range steps {
				node = node.descend(step)
			}
			nodes[fact.Place] = node
		}
		if _, ok := node.facts[fact.Aspect]; !ok {
			node.facts[fact.Aspect] = fact
		}
	}
	return root, nil
}

func (t *tree) descend(step Step) *tree {
	if child := t.index[step]; child != nil {
		return child
	}
	child := newTree(step)
	t.index[step] = child
	t.children = append(t.children, child)
	return child
}

func (t *tree) root(name string) *tree { return t.index[Step{StepRoot, name}] }

// inRoot returns what is directly in a root: the parameters in query, the responses.
func (t *tree) inRoot(name string) []*tree {
	if root := t.root(name); root != nil {
		return root.children
	}
	return nil
}

func (t *tree) only(kind StepKind) []*tree {
	var out []*tree
	for _, child := range t.children {
		if child.step.Kind == kind {
			out = append(out, child)
		}
	}
	return out
}

func (t *tree) has(aspect Aspect) bool {
	_, ok := t.facts[aspect]
	return ok
}

func (t *tree) value(aspect Aspect) string { return t.facts[aspect].Value }

// hasSchema reports whether anything is stated about a body except that it is present.
func (t *tree) hasSchema() bool {
	said := len(t.children)
	for aspect := range t.facts {
		if aspect != Present && aspect != Required && aspect != Text {
			said++
		}
	}
	return said > 0
}
