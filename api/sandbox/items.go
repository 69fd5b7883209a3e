package sandbox

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"unicode"

	"github.com/highlevel-go/snapshots/api/locations"
	"github.com/highlevel-go/snapshots/api/rest"
)

// Item is a tag, a custom field or a custom value of a sub-account.
type Item struct {
	ID         string         `json:"id"`               // as in the response
	LocationID string         `json:"locationId"`       // the sub-account that it belongs to
	Name       string         `json:"name"`             // as in the request
	Fields     map[string]any `json:"fields,omitempty"` // the other fields in the response, such as value
}

// collection is a kind of item that sub-accounts have.
type collection struct {
	path     string // the name of a list in a response
	one      string // the name of a single item in a response
	idName   string // of the id in the path
	fields   shape
	required []string
	shown    func(*Item) // changes the fields to those in the response; nil if they are the same
	table    func(*Sandbox) *table[Item]

	list, create, get, update, remove *rest.Operation
}

var collections = []*collection{
	{
		path: "tags", one: "tag", idName: "tagId",
		table: func(s *Sandbox) *table[Item] { return &s.tags },
		list:  &locations.OperationTags, create: &locations.OperationCreateTag, get: &locations.OperationTag,
		update: &locations.OperationUpdateTag, remove: &locations.OperationDeleteTag,
	},
	{
		path: "customFields", one: "customField", idName: "id",
		fields: shape{"dataType": aText, "placeholder": aText, "acceptedFormat": aList, "isMultipleFile": aBool, "maxNumberOfFiles": aNumber,
			"textBoxListOptions": aList, "position": aNumber, "model": aText},
		required: []string{"dataType"},
		shown:    showCustomField,
		table:    func(s *Sandbox) *table[Item] { return &s.customFields },
		list:     &locations.OperationCustomFields, create: &locations.OperationCreateCustomField, get: &locations.OperationCustomField,
		update: &locations.OperationUpdateCustomField, remove: &locations.OperationDeleteCustomField,
	},
	{
		path: "customValues", one: "customValue", idName: "id",
		fields: shape{"value": aText}, required: []string{"value"},
		shown: func(i *Item) { i.Fields["fieldKey"] = "{{ custom_values." + slug(i.Name) + " }}" },
		table: func(s *Sandbox) *table[Item] { return &s.customValues },
		list:  &locations.OperationCustomValues, create: &locations.OperationCreateCustomValue, get: &locations.OperationCustomValue,
		update: &locations.OperationUpdateCustomValue, remove: &locations.OperationDeleteCustomValue,
	},
}

// showCustomField renames the fields that have another name in the response than in the request. The form of fieldKey and the default
// model, contact, are guesses.
func showCustomField(i *Item) {
	model, _ := i.Fields["model"].(string)
	if model == "" {
		model = "contact"
	}
	i.Fields["model"], i.Fields["fieldKey"] = model, model+"."+slug(i.Name)
	rename := func(from, to string) {
		if value, ok := i.Fields[from]; ok {
			delete(i.Fields, from)
			i.Fields[to] = value
		}
	}
	rename("isMultipleFile", "isMultiFileAllowed")
	rename("maxNumberOfFiles", "maxFileLimit")
	delete(i.Fields, "acceptedFormat")
	delete(i.Fields, "textBoxListOptions")
}

func slug(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return '_'
	}, name)
}

// routes returns the five operations on a collection.
func (c *collection) routes() []*route {
	return []*route{
		{op: c.list, handle: (*Sandbox).listItems, items: c},
		{op: c.create, handle: (*Sandbox).createItem, items: c},
		{op: c.get, handle: (*Sandbox).getItem, items: c},
		{op: c.update, handle: (*Sandbox).updateItem, items: c},
		{op: c.remove, handle: (*Sandbox).deleteItem, items: c},
	}
}

func (i *Item) view() map[string]any {
	out := map[string]any{"id": i.ID, "name": i.Name, "locationId": i.LocationID}
	maps.Copy(out, i.Fields)
	return out
}

func (s *Sandbox) listItems(v *visit) *answer {
	c := v.route.items
	l, refused := s.location(v)
	if refused != nil {
		return refused
	}
	model := v.query.Get("model")
	if filters := []string{"", "contact", "opportunity", "all"}; c.fields["model"] != nil && !slices.Contains(filters, model) {
		return invalid(v.route.op, "model must be one of the following values: "+strings.Join(filters[1:], ", "))
	}
	list := []map[string]any{}
	for i := range c.table(s).all() {
		if i.LocationID == l.ID && (model == "" || model == "all" || i.Fields["model"] == nil || i.Fields["model"] == model) {
			list = append(list, i.view())
		}
	}
	return succeed(v.route.op, map[string]any{c.path: list})
}

// readItem reads the body of a request that creates or changes an item.
func (c *collection) readItem(v *visit, needed ...string) (Item, *answer) {
	in, refused := v.jsonBody()
	if refused != nil {
		return Item{}, refused
	}
	var faults []string
	fields := c.fields.read(in, &faults)
	own := shape{"name": aText}.read(in, &faults)
	required(in, &faults, append([]string{"name"}, needed...)...)
	if model, ok := fields["model"].(string); ok && model != "contact" && model != "opportunity" {
		faults = append(faults, "model must be one of the following values: contact, opportunity")
	}
	if faults != nil {
		return Item{}, invalid(v.route.op, faults...)
	}
	name, _ := own["name"].(string)
	return Item{Name: name, Fields: fields}, nil
}

func (s *Sandbox) createItem(v *visit) *answer {
	c := v.route.items
	l, refused := s.location(v)
	if refused != nil {
		return refused
	}
	item, refused := c.readItem(v, c.required...)
	if refused != nil {
		return refused
	}
	item.ID, item.LocationID = s.newID(c.one), l.ID
	return s.keepItem(v, item)
}

func (s *Sandbox) keepItem(v *visit, item Item) *answer {
	c := v.route.items
	if c.shown != nil {
		c.shown(&item)
	}
	return succeed(v.route.op, map[string]any{c.one: c.table(s).put(item).view()})
}

// item returns the item of the path. The response for an unknown one is a guess.
func (s *Sandbox) item(v *visit) (*Item, *answer) {
	c := v.route.items
	l, refused := s.location(v)
	if refused != nil {
		return nil, refused
	}
	i := c.table(s).get(v.path[c.idName])
	if i == nil || i.LocationID != l.ID {
		return nil, notFound(v.route.op, strings.ToUpper(c.one[:1])+c.one[1:]+" not found")
	}
	return i, nil
}

func (s *Sandbox) getItem(v *visit) *answer {
	i, refused := s.item(v)
	if refused != nil {
		return refused
	}
	return succeed(v.route.op, map[string]any{v.route.items.one: i.view()})
}

func (s *Sandbox) updateItem(v *visit) *answer {
	c := v.route.items
	before, refused := s.item(v)
	if refused != nil {
		return refused
	}
	needed := slices.DeleteFunc(slices.Clone(c.required), func(name string) bool { return name == "dataType" }) // dataType cannot be changed
	item, refused := c.readItem(v, needed...)
	if refused != nil {
		return refused
	}
	item.ID, item.LocationID = before.ID, before.LocationID
	for name, value := range before.Fields {
		if _, sent := item.Fields[name]; !sent || name == "dataType" {
			item.Fields[name] = value
		}
	}
	return s.keepItem(v, item)
}

// deleteItem responds with "succeded", as the documentation spells it.
func (s *Sandbox) deleteItem(v *visit) *answer {
	c := v.route.items
	i, refused := s.item(v)
	if refused != nil {
		return refused
	}
	c.table(s).remove(i.ID)
	return asJSON(http.StatusOK, map[string]any{"succeded": true})
}
