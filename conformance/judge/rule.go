package judge

// Rule is one reason to refuse a message.
type Rule string

// The rules. Schema is what JSON Schema refuses; the others are what it accepts.
const (
	Schema             Rule = "schema"
	Server             Rule = "server"
	Path               Rule = "path"
	Method             Rule = "method"
	PathSegment        Rule = "path-segment"
	MalformedQuery     Rule = "malformed-query"
	UndeclaredQuery    Rule = "undeclared-query"
	RepeatedQuery      Rule = "repeated-query"
	EmptyQuery         Rule = "empty-query"
	NumberForm         Rule = "number-form"
	UndeclaredHeader   Rule = "undeclared-header"
	RepeatedHeader     Rule = "repeated-header"
	EmptyHeader        Rule = "empty-header"
	MalformedHeader    Rule = "malformed-header"
	UndeclaredCookie   Rule = "undeclared-cookie"
	Credentials        Rule = "credentials"
	Accept             Rule = "accept"
	Status             Rule = "status"
	MediaType          Rule = "media-type"
	Encoding           Rule = "encoding"
	UndeclaredBody     Rule = "undeclared-body"
	EmptyBody          Rule = "empty-body"
	Length             Rule = "length"
	MalformedJSON      Rule = "malformed-json"
	TrailingData       Rule = "trailing-data"
	DuplicateKey       Rule = "duplicate-key"
	Unicode            Rule = "unicode"
	ExtraKey           Rule = "extra-key"
	Format             Rule = "format"
	MalformedForm      Rule = "malformed-form"
	UnreadableExchange Rule = "unreadable"
)

// Explained is a rule and what it refuses.
type Explained struct {
	Rule Rule
	Text string
}

// Rules lists every rule with what it refuses.
func Rules() []Explained {
	return []Explained{
		{Schema, "what the schema refuses: types, enums, required values, bounds; and parameters in another style"},
		{Server, "a server that the document does not name, other than a machine for tests"},
		{Path, "a path that no operation has, also one that differs in a slash"},
		{Method, "a method that the path does not have"},
		{PathSegment, "a path value that is a dot segment, or holds a control character"},
		{MalformedQuery, "a query that is not name=value pairs with valid escapes"},
		{UndeclaredQuery, "a query parameter that the operation does not declare"},
		{RepeatedQuery, "a query parameter that comes twice and is no list"},
		{EmptyQuery, "a query parameter without a value"},
		{NumberForm, "a number or boolean in another form than JSON's, such as +5 or 007"},
		{UndeclaredHeader, "a header that is neither declared nor a standard one"},
		{RepeatedHeader, "a header that comes twice and is no list"},
		{EmptyHeader, "a declared header without a value"},
		{MalformedHeader, "a header whose name or value cannot be sent, such as one with a line end"},
		{UndeclaredCookie, "a cookie that the operation does not declare"},
		{Credentials, "credentials that are malformed, repeated, in the URL, or not asked for"},
		{Accept, "an Accept header that rules out every documented response"},
		{Status, "a status that the operation does not document"},
		{MediaType, "a Content-Type that is missing, repeated, malformed, or names another charset than UTF-8"},
		{Encoding, "a Content-Encoding that was not negotiated, or content that does not follow it"},
		{UndeclaredBody, "a body where none is declared or allowed"},
		{EmptyBody, "an empty body where content is declared"},
		{Length, "a Content-Length that differs from the body"},
		{MalformedJSON, "a body that is not JSON although it says so"},
		{TrailingData, "anything but space after the JSON value"},
		{DuplicateKey, "an object that has a key twice"},
		{Unicode, "text that is not UTF-8, begins with a byte order mark, or has an unpaired surrogate"},
		{ExtraKey, "a key that the schema does not name, in an object that is not free-form"},
		{Format, "a well-formed but impossible value, such as the 30th of February"},
		{MalformedForm, "a form that cannot be read, or has a field twice that is no list"},
		{UnreadableExchange, "a body that breaks off while it is read"},
	}
}
