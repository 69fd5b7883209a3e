package rest

import (
	"bytes"
	"cmp"
	"encoding"
	"encoding/base64"
	"encoding/json"
	"reflect"
	"strconv"
	"sync"
	"unicode/utf8"
)

// decoder reads JSON into Go values in one pass. It differs from encoding/json in that names match exactly; if a name occurs
// twice, the last value is used, without anything of the first; and a value that does not fit the type of its field leaves
// that field empty and is recorded as a [Mismatch], while all others are read.
type decoder struct {
	jsonReader
	path       []step
	mismatches []Mismatch
	lengths    []listLength
}

// valueReader reads the next value into v. fits reports whether it fits the type of v; if not, it was recorded as a
// mismatch, and v is to be left empty.
type valueReader func(d *decoder, v reflect.Value) (fits bool, err error)

// mismatch skips a value that does not fit, and records it.
func (d *decoder) mismatch(want string) (fits bool, err error) {
	raw, err := d.skip()
	if err == nil {
		d.record(want, raw)
	}
	return false, err
}

func (d *decoder) record(want string, raw []byte) {
	d.setLength(-1)
	if len(d.mismatches) < maxMismatches {
		d.mismatches = append(d.mismatches, Mismatch{Path: pointer(d.path), Want: want, Raw: string(raw[:min(len(raw), maxRaw)])})
	}
}

// setLength stores the length of the list at the current path, if [CallListLength] asks for it.
func (d *decoder) setLength(n int) {
	if len(d.path) != 1 {
		return
	}
	for _, list := range d.lengths {
		if d.path[0].named && d.path[0].name == list.property {
			*list.n = n
		}
	}
}

// null reads a null, if the next value is one; v is then empty, as with encoding/json.
func (d *decoder) null(v reflect.Value) (is bool, err error) {
	if d.next() != 'n' {
		return false, nil
	}
	v.SetZero()
	return true, d.literal("null")
}

// orNull returns a reader of values that begin with the byte begin. A null leaves the value empty; any other value is a
// mismatch.
func orNull(begin byte, want string, read valueReader) valueReader {
	return func(d *decoder, v reflect.Value) (bool, error) {
		switch d.next() {
		case begin:
			return read(d, v)
		case 'n':
			return d.null(v)
		}
		return d.mismatch(want)
	}
}

// readAt reads a value that is one step deeper.
func (d *decoder) readAt(s step, read valueReader, v reflect.Value) (fits bool, err error) {
	d.path = append(d.path, s)
	fits, err = read(d, v)
	d.path = d.path[:len(d.path)-1]
	return fits, err
}

// validUTF8 describes a valid string in a mismatch.
const validUTF8 = "valid UTF-8"

var (
	readers   sync.Map // reflect.Type to valueReader
	readsJSON = reflect.TypeFor[json.Unmarshaler]()
	readsText = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// readerOf returns the reader of a type. It is created once for each type.
func readerOf(t reflect.Type) valueReader {
	if known, ok := readers.Load(t); ok {
		return known.(valueReader)
	}
	// A type may contain itself, so its reader is created when the first value is read.
	read := sync.OnceValue(func() valueReader { return newReader(t) })
	known, _ := readers.LoadOrStore(t, valueReader(func(d *decoder, v reflect.Value) (bool, error) { return read()(d, v) }))
	return known.(valueReader)
}

func newReader(t reflect.Type) valueReader {
	switch p := reflect.PointerTo(t); {
	case isNullable(t):
		return newNullableReader(t)
	case t == reflect.TypeFor[Time](), t == reflect.TypeFor[Strings]():
		return readLenient
	case p.Implements(readsJSON) && additionalField(t) == nil:
		return readByMethod
	case p.Implements(readsText):
		return newTextMethodReader(t)
	}
	switch t.Kind() {
	case reflect.String:
		if t == reflect.TypeFor[json.Number]() {
			return readNumberAsText
		}
		return readText
	case reflect.Bool:
		return readBool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return readInt
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return readUint
	case reflect.Float32, reflect.Float64:
		return readFloat
	case reflect.Pointer:
		return newPointerReader(t)
	case reflect.Struct:
		return newStructReader(t)
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return orNull('"', aTextInBase64, readBase64)
		}
		return newSliceReader(t)
	case reflect.Array:
		return newArrayReader(t)
	case reflect.Map:
		return newMapReader(t)
	}
	return readByPackage
}

func readText(d *decoder, v reflect.Value) (bool, error) {
	switch c := d.next(); {
	case c == '"':
		text, err := d.text()
		v.SetString(text)
		return true, err
	case isNumberStart(c): // an id is sometimes sent as a number
		return readNumberAsText(d, v)
	case c == 'n':
		return d.null(v)
	}
	return d.mismatch("a text")
}

// text reads a string. Bytes that are not UTF-8, and half a surrogate pair, are recorded as a mismatch and read as U+FFFD.
func (d *decoder) text() (string, error) {
	raw, plain, err := d.rawText()
	if err != nil {
		return "", err
	}
	text, ok := characters(raw, plain)
	if !ok {
		d.record(validUTF8, raw)
	}
	return text, nil
}

func isNumberStart(c byte) bool { return c == '-' || c >= '0' && c <= '9' }

func readNumberAsText(d *decoder, v reflect.Value) (bool, error) {
	switch c := d.next(); {
	case isNumberStart(c):
		raw, err := d.number()
		if err == nil {
			v.SetString(string(raw))
		}
		return true, err
	case c == 'n':
		return d.null(v)
	}
	return d.mismatch("a number")
}

func readBool(d *decoder, v reflect.Value) (bool, error) {
	switch d.next() {
	case 't':
		v.SetBool(true)
		return true, d.literal("true")
	case 'f':
		v.SetBool(false)
		return true, d.literal("false")
	case 'n':
		return d.null(v)
	}
	return d.mismatch("true or false")
}

// readNumber reads a number and passes its digits to set, which reports whether they fit.
func readNumber(d *decoder, v reflect.Value, set func(v reflect.Value, digits []byte) bool) (bool, error) {
	if is, err := d.null(v); is || err != nil {
		return is, err
	}
	if !isNumberStart(d.next()) {
		return d.mismatch("a number")
	}
	raw, err := d.number()
	if err != nil || set(v, raw) {
		return true, err
	}
	d.record("a number that fits "+v.Type().String(), raw)
	return false, nil
}

func readInt(d *decoder, v reflect.Value) (bool, error) { return readNumber(d, v, setInt) }

func setInt(v reflect.Value, digits []byte) bool {
	n, err := strconv.ParseInt(string(digits), 10, 64)
	if err != nil {
		n, err = strconv.ParseInt(wholeNumber(string(digits)), 10, 64)
	}
	if err != nil || v.OverflowInt(n) {
		return false
	}
	v.SetInt(n)
	return true
}

func readUint(d *decoder, v reflect.Value) (bool, error) { return readNumber(d, v, setUint) }

func setUint(v reflect.Value, digits []byte) bool {
	n, err := strconv.ParseUint(string(digits), 10, 64)
	if err != nil {
		n, err = strconv.ParseUint(wholeNumber(string(digits)), 10, 64)
	}
	if err != nil || v.OverflowUint(n) {
		return false
	}
	v.SetUint(n)
	return true
}

func readFloat(d *decoder, v reflect.Value) (bool, error) { return readNumber(d, v, setFloat) }

func setFloat(v reflect.Value, digits []byte) bool {
	n, err := strconv.ParseFloat(string(digits), v.Type().Bits())
	if err != nil {
		return false
	}
	v.SetFloat(n)
	return true
}

// wholeNumber returns 12 for 12.0 and 1.2e1, if a float64 represents the number exactly.
func wholeNumber(text string) string {
	if f, err := strconv.ParseFloat(text, 64); err == nil && f == float64(int64(f)) && f >= -1<<53 && f <= 1<<53 {
		return strconv.FormatInt(int64(f), 10)
	}
	return text
}

const aTextInBase64 = "a text in base64"

func readBase64(d *decoder, v reflect.Value) (bool, error) {
	raw, _, err := d.rawText()
	if err != nil {
		return false, err
	}
	text, _ := unquote(raw)
	data, bad := base64.StdEncoding.DecodeString(text)
	if bad != nil {
		d.record(aTextInBase64, raw)
		return false, nil
	}
	v.SetBytes(data)
	return true, nil
}

// ofType describes the values that a type with its own reader accepts.
func ofType(t reflect.Type) string { return "a value of type " + cmp.Or(t.Name(), t.String()) }

// readByMethod reads a value with the type's own UnmarshalJSON.
func readByMethod(d *decoder, v reflect.Value) (bool, error) {
	d.next()
	begin := d.at
	raw, err := d.skip()
	if err != nil {
		return false, err
	}
	if v.Addr().Interface().(json.Unmarshaler).UnmarshalJSON(d.data[begin:d.at]) != nil {
		v.SetZero()
		d.record(ofType(v.Type()), raw)
		return false, nil
	}
	return true, nil
}

// lenient is a type that accepts a value of any kind. It stores and records a value that is not of a documented kind.
type lenient interface {
	readJSON(d *decoder) error
}

func readLenient(d *decoder, v reflect.Value) (bool, error) {
	return true, v.Addr().Interface().(lenient).readJSON(d)
}

// other reads a value that is not of the documented kind, and records it.
func (d *decoder) other(want string) (string, error) {
	raw, err := d.skip()
	if err == nil {
		d.record(want, raw)
	}
	return string(raw), err
}

// unmarshal implements [json.Unmarshaler] for a lenient type.
func unmarshal(data []byte, v lenient) error {
	d := decoder{jsonReader: jsonReader{data: data, maxDepth: packageMaxDepth}}
	err := v.readJSON(&d)
	if err == nil && !d.ended() {
		err = errSyntax
	}
	if err == errSyntax {
		return syntaxError(data, "")
	}
	return err
}

// validText reports whether all strings in a JSON value consist of valid characters.
func validText(raw []byte) bool {
	if !utf8.Valid(raw) {
		return false
	}
	if !bytes.Contains(raw, []byte(`\u`)) {
		return true
	}
	for r := (jsonReader{data: raw}); r.at < len(raw); {
		if raw[r.at] != '"' {
			r.at++
			continue
		}
		text, plain, err := r.rawText()
		if err != nil {
			return true
		}
		if !plain {
			if _, ok := unquote(text); !ok {
				return false
			}
		}
	}
	return true
}

// newTextMethodReader returns a reader that uses the type's own UnmarshalText.
func newTextMethodReader(t reflect.Type) valueReader {
	want := ofType(t)
	return orNull('"', want, func(d *decoder, v reflect.Value) (bool, error) {
		raw, _, err := d.rawText()
		if err != nil {
			return false, err
		}
		text, ok := unquote(raw)
		if !ok || v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(text)) != nil {
			v.SetZero()
			d.record(want, raw)
			return false, nil
		}
		return true, nil
	})
}

// readByPackage reads a value with encoding/json, if its type has no names to match: any, in which every name is preserved.
// It refuses types that have no JSON, such as a channel.
func readByPackage(d *decoder, v reflect.Value) (bool, error) {
	raw, err := d.skip()
	if err != nil {
		return false, err
	}
	v.SetZero()
	if json.Unmarshal(raw, v.Addr().Interface()) != nil {
		v.SetZero()
		d.record("a value that fits "+v.Type().String(), raw)
		return false, nil
	}
	if !validText(raw) {
		d.record(validUTF8, raw)
	}
	return true, nil
}
