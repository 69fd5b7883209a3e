package emit

import (
	"github.com/highlevel-go/snapshots/internal/docpage/rendered/jsonsample"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// printed is the JSON printed for a body.
type printed struct {
	place facts.Place
	value any
}

// unlisted returns the fields in printed JSON that the schemas do not list: usually none, since both are generated from the
// same document. An example written by an author can have others.
func (m *emitter) unlisted() (places []facts.Place) {
	listed := map[facts.Place]bool{}
	var unions []facts.Place
	for _, f := range m.Facts {
		switch f.Aspect {
		case facts.Present, facts.Type:
			listed[f.Place] = true
		case facts.Union:
			unions = append(unions, f.Place)
		}
	}
	variants := map[facts.Place][]facts.Place{}
	for _, union := range unions {
		for i := 0; listed[union.Variant(i)]; i++ {
			variants[union] = append(variants[union], union.Variant(i))
		}
	}
	met := map[facts.Place]bool{}
	var look func(place facts.Place, value any, depth int)
	look = func(place facts.Place, value any, depth int) {
		if depth > jsonsample.MaxSampleDepth {
			return
		}
		switch value := value.(type) {
		case []any:
			for _, item := range value {
				look(place.Items(), item, depth+1)
			}
		case *jsonsample.Object:
			if listed[place.Values()] {
				return
			}
			for _, key := range value.Keys {
				at := place.Property(key)
				for _, variant := range variants[place] {
					if in := variant.Property(key); listed[in] {
						at = in
					}
				}
				if listed[at] {
					look(at, value.Values[key], depth+1)
				} else if !met[at] {
					met[at] = true
					places = append(places, at)
				}
			}
		}
	}
	for _, p := range m.printed {
		look(p.place, p.value, 0)
	}
	return places
}
