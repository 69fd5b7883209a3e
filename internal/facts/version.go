package facts

import "regexp"

var (
	// versionName is what documents and addresses of the documentation call an API version. Other texts, such as the 1.0 of a
	// document, are versions of something else.
	versionName   = regexp.MustCompile(`^(?:v\d+|\d{4}-\d{2}-\d{2})$`)
	versionInPath = regexp.MustCompile(`/docs/(v\d+|\d{4}-\d{2}-\d{2})(/|$)`)
)

// VersionHeader is the place of the header that says which API version a caller wants.
var VersionHeader = Param("header", "Version")

// Versions lists the API versions that the source of an operation names: that of its document, else that in its address, else the
// values of its Version header. It is empty where nothing names one.
func (o *Operation) Versions() []string {
	if o.Version != "" {
		return []string{o.Version}
	}
	if version := VersionIn(o.Page); version != "" {
		return []string{version}
	}
	return Texts(o.Value(VersionHeader, Enum))
}

// IsVersion reports whether a text is what the documentation calls an API version.
func IsVersion(text string) bool { return versionName.MatchString(text) }

// VersionIn is the API version that the address of a page names; "" where it names none.
func VersionIn(address string) string {
	if m := versionInPath.FindStringSubmatch(address); m != nil {
		return m[1]
	}
	return ""
}

// WithoutVersion is the address of a page of the documentation without the API version, by which pages of two versions are the same.
func WithoutVersion(address string) string { return versionInPath.ReplaceAllString(address, "/docs$2") }

// versionOf is the API version of a document: what its info says, where that names one, or where its operations ask for it.
func versionOf(info string, operations []*Operation) string {
	if versionName.MatchString(info) {
		return info
	}
	for _, op := range operations {
		if values := Texts(op.Value(VersionHeader, Enum)); len(values) == 1 && values[0] == info {
			return info
		}
	}
	return ""
}
