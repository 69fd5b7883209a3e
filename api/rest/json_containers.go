package rest

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
)

func newPointerReader(t reflect.Type) valueReader {
	read := readerOf(t.Elem())
	return func(d *decoder, v reflect.Value) (bool, error) {
		if is, err := d.null(v); is || err != nil {
			return is, err
		}
		to := reflect.New(t.Elem())
		fits, err := read(d, to.Elem())
		if fits {
			v.Set(to)
		}
		return fits, err
	}
}

// newSliceReader returns the reader of a list. An item that does not fit is omitted: an empty item would look as if the
// service had sent one. So is null, unless the item's type distinguishes it from a value.
func newSliceReader(t reflect.Type) valueReader {
	read := newItemReader(t.Elem())
	empty := reflect.MakeSlice(t, 0, 0)
	few := max(1, 64/max(1, int(t.Elem().Size()))) // capacity after the first growth
	return orNull('[', "a list", func(d *decoder, v reflect.Value) (bool, error) {
		if v.IsNil() {
			v.Set(empty)
		}
		v.SetLen(0)
		begin, received := d.at, 0
		err := d.items(func(index int) error {
			received++
			n := v.Len()
			if n == v.Cap() { // as many as there may be, judging by those so far, but at most three times as many
				v.Grow(max(few, min(3*n, n*(len(d.data)-d.at)/(d.at-begin))))
			}
			v.SetLen(n + 1)
			item := v.Index(n)
			item.SetZero()
			fits, err := d.readAt(step{index: index}, read, item)
			if !fits {
				v.SetLen(n)
			}
			return err
		})
		d.setLength(received)
		return true, err
	})
}

// newArrayReader returns the reader of a list of a fixed length. It fits as a whole or not at all: an omitted item would
// move those after it.
func newArrayReader(t reflect.Type) valueReader {
	read := newSliceReader(reflect.SliceOf(t.Elem()))
	want := fmt.Sprintf("a list of %d items", t.Len())
	return func(d *decoder, v reflect.Value) (bool, error) {
		if is, err := d.null(v); is || err != nil {
			return is, err
		}
		begin, list := d.at, reflect.New(reflect.SliceOf(t.Elem())).Elem()
		fits, err := read(d, list)
		if !fits || err != nil {
			return false, err
		}
		if list.Len() != t.Len() {
			d.record(want, d.data[begin:d.at])
			return false, nil
		}
		reflect.Copy(v, list)
		return true, nil
	}
}

// newItemReader returns the reader of an item of a list, or of a value of a map. Null fits if the type preserves it: a
// pointer, a list, a map, any, or a type that reads its own JSON and writes null again.
func newItemReader(t reflect.Type) valueReader {
	read := readerOf(t)
	switch t.Kind() {
	case reflect.Pointer, reflect.Interface, reflect.Slice, reflect.Map:
		return read
	}
	own := hasOwnReader(t)
	want := "a value"
	switch {
	case own:
		want = ofType(t)
	case t.Kind() == reflect.Struct:
		want = "an object"
	}
	return func(d *decoder, v reflect.Value) (bool, error) {
		if d.next() != 'n' {
			return read(d, v)
		}
		begin := d.at
		if own {
			fits, err := read(d, v)
			if err != nil || !fits {
				return fits, err
			}
			if again, err := json.Marshal(v.Interface()); err == nil && string(again) == "null" {
				return true, nil
			}
			d.record(want, d.data[begin:d.at])
			return false, nil
		}
		return d.mismatch(want)
	}
}

// hasOwnReader reports whether a type reads its own JSON, which may include null.
func hasOwnReader(t reflect.Type) bool {
	p := reflect.PointerTo(t)
	return p.Implements(readsText) || p.Implements(readsJSON) && additionalField(t) == nil
}

func newMapReader(t reflect.Type) valueReader {
	key, ok := keyReader(t.Key())
	if !ok {
		return readByPackage // which refuses it
	}
	read := newItemReader(t.Elem())
	return orNull('{', "an object", func(d *decoder, v reflect.Value) (bool, error) {
		v.Set(reflect.MakeMap(t))
		return true, d.members(func(name, invalid []byte) error { return d.readEntry(v, string(name), invalid, key, read) })
	})
}

// keyReader returns the function that converts a name to a key of a map; ok is false if the type cannot be a key.
func keyReader(t reflect.Type) (read func(name string, key reflect.Value) (fits bool), ok bool) {
	switch key := reflect.New(t).Elem(); {
	case reflect.PointerTo(t).Implements(readsText):
		return func(name string, key reflect.Value) bool {
			return key.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(name)) == nil
		}, true
	case t.Kind() == reflect.String:
		return func(name string, key reflect.Value) bool { key.SetString(name); return true }, true
	case key.CanInt():
		return func(name string, key reflect.Value) bool { // another spelling, such as 1.0, would be merged with 1
			return setInt(key, []byte(name)) && strconv.FormatInt(key.Int(), 10) == name
		}, true
	case key.CanUint():
		return func(name string, key reflect.Value) bool {
			return setUint(key, []byte(name)) && strconv.FormatUint(key.Uint(), 10) == name
		}, true
	}
	return nil, false
}

// readEntry reads a value into a map, under a name; invalid is the name as written, if it is not valid UTF-8. A value that
// does not fit is omitted.
func (d *decoder) readEntry(into reflect.Value, name string, invalid []byte, readKey func(string, reflect.Value) bool, read valueReader) error {
	key, value := reflect.New(into.Type().Key()).Elem(), reflect.New(into.Type().Elem()).Elem()
	d.path = append(d.path, step{name: name, named: true})
	defer func() { d.path = d.path[:len(d.path)-1] }()
	if invalid != nil {
		d.record("named in valid UTF-8", invalid)
	}
	if !readKey(name, key) {
		_, err := d.mismatch("named by a " + key.Type().String())
		return err
	}
	fits, err := read(d, value)
	if !fits {
		value = reflect.Value{} // this deletes an earlier value of the same name
	}
	into.SetMapIndex(key, value)
	return err
}

// field is a field of a struct by its name in JSON.
type field struct {
	name  string
	index []int
	read  valueReader
}

// structFields are the fields of a struct that can be set from JSON.
type structFields struct {
	list   []field
	byName map[string]int
	rest   []int // index of AdditionalProperties, or nil
	key    func(name string, key reflect.Value) (fits bool)
	other  valueReader
}

// find returns the index of a field, or -1. Fields are usually in order, so the one after the last is tried first.
func (f *structFields) find(name []byte, after int) int {
	if next := after + 1; next < len(f.list) && f.list[next].name == string(name) {
		return next
	}
	if i, ok := f.byName[string(name)]; ok {
		return i
	}
	return -1
}

// additionalField returns the index of the map of a generated struct for the properties that the description does not name,
// or nil.
func additionalField(t reflect.Type) []int {
	if t.Kind() != reflect.Struct {
		return nil
	}
	f, ok := t.FieldByName("AdditionalProperties")
	if !ok || len(f.Index) > 1 || f.Tag.Get("json") != "-" || f.Type.Kind() != reflect.Map || f.Type.Key().Kind() != reflect.String {
		return nil
	}
	return f.Index
}

var knownFields sync.Map // reflect.Type to *structFields

// fieldsOf returns the fields of a struct. They are worked out once for each type.
func fieldsOf(t reflect.Type) *structFields {
	known, ok := knownFields.Load(t)
	if !ok {
		known, _ = knownFields.LoadOrStore(t, newFields(t))
	}
	return known.(*structFields)
}

func newFields(t reflect.Type) *structFields {
	fields := &structFields{byName: map[string]int{}, rest: additionalField(t)}
	var closed [][]int // embedded structs whose fields are not those of t in JSON
	for _, f := range reflect.VisibleFields(t) {
		name, flat := jsonName(f)
		inside := slices.ContainsFunc(closed, func(outer []int) bool {
			return len(f.Index) > len(outer) && slices.Equal(f.Index[:len(outer)], outer)
		})
		if f.Anonymous && !flat {
			closed = append(closed, f.Index)
		}
		if inside || flat || name == "" {
			continue
		}
		if _, known := fields.byName[name]; !known { // the outermost come first
			fields.byName[name] = len(fields.list)
			fields.list = append(fields.list, field{name: name, index: f.Index})
		}
	}
	for i := range fields.list {
		fields.list[i].read = readerOf(t.FieldByIndex(fields.list[i].index).Type)
	}
	if fields.rest != nil {
		more := t.FieldByIndex(fields.rest).Type
		fields.key, _ = keyReader(more.Key()) // it is a text
		fields.other = newItemReader(more.Elem())
	}
	return fields
}

// fieldNamed finds the field that a name in JSON is read into.
func fieldNamed(t reflect.Type, name string) (field, bool) {
	if t.Kind() != reflect.Struct {
		return field{}, false
	}
	fields := fieldsOf(t)
	at, ok := fields.byName[name]
	if !ok {
		return field{}, false
	}
	return fields.list[at], true
}

// jsonName is the name of a field in JSON, "" when it has none. flat reports that it is an embedded struct, whose fields stand
// beside the others.
func jsonName(f reflect.StructField) (name string, flat bool) {
	tag := f.Tag.Get("json")
	name, _, _ = strings.Cut(tag, ",")
	of := f.Type
	if of.Kind() == reflect.Pointer {
		of = of.Elem()
	}
	switch {
	case tag == "-":
		return "", false
	case f.Anonymous && name == "" && of.Kind() == reflect.Struct && (f.IsExported() || of == f.Type):
		return "", true // nothing can be put into an unexported pointer
	case !f.IsExported():
		return "", false
	case name == "":
		return f.Name, false
	}
	return name, false
}

func newStructReader(t reflect.Type) valueReader {
	fields := fieldsOf(t)
	return orNull('{', "an object", func(d *decoder, v reflect.Value) (bool, error) {
		return true, fields.readObject(d, v)
	})
}

func (f *structFields) readObject(d *decoder, v reflect.Value) error {
	var seen [4]uint64 // of the first 256 fields
	last := -1
	return d.members(func(name, invalid []byte) error {
		at := f.find(name, last)
		switch {
		case at >= 0:
			last = at
			into := fieldByIndex(v, f.list[at].index)
			if word, bit := at/64, uint64(1)<<(at%64); word >= len(seen) || seen[word]&bit != 0 {
				into.SetZero()
			} else {
				seen[word] |= bit
			}
			fits, err := d.readAt(step{name: f.list[at].name, named: true}, f.list[at].read, into)
			if !fits {
				into.SetZero()
			}
			return err
		case f.rest != nil:
			into := v.FieldByIndex(f.rest)
			if into.IsNil() {
				into.Set(reflect.MakeMap(into.Type()))
			}
			return d.readEntry(into, string(name), invalid, f.key, f.other)
		default:
			return d.skipValue()
		}
	})
}

// fieldByIndex is v.FieldByIndex, but allocates embedded structs that are nil.
func fieldByIndex(v reflect.Value, index []int) reflect.Value {
	for i, x := range index {
		if i > 0 && v.Kind() == reflect.Pointer {
			if v.IsNil() {
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.Field(x)
	}
	return v
}
