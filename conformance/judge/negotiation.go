package judge

import (
	"bytes"
	"compress/gzip"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// accept judges whether a documented answer would be acceptable.
func (f *finding) accept(values []string) {
	accepted := strings.TrimSpace(strings.Join(values, ","))
	if accepted == "" || f.route.op.Responses == nil {
		return // everything is
	}
	var offered []string
	for _, ref := range f.route.op.Responses.Map() {
		for kind := range ref.Value.Content {
			if base, _, err := mime.ParseMediaType(kind); err == nil {
				offered = append(offered, base)
			}
		}
	}
	if len(offered) == 0 {
		return
	}
	for part := range strings.SplitSeq(accepted, ",") {
		kind, params, err := mime.ParseMediaType(part)
		if err != nil || refused(params["q"]) {
			continue
		}
		family, isFamily := strings.CutSuffix(kind, "*")
		for _, o := range offered {
			if kind == "*/*" || kind == o || isFamily && strings.HasPrefix(o, family) || strings.HasSuffix(o, "*") {
				return
			}
		}
	}
	f.add(Accept, f.atOperation(), "header Accept", "%s rules out every documented answer", show(accepted))
}

// refused says that a weight is zero, which rules out what it belongs to.
func refused(q string) bool {
	weight, err := strconv.ParseFloat(q, 64)
	return err == nil && weight == 0
}

// decoded undoes the encoding that the request allowed.
func (f *finding) decoded(r *http.Request, h http.Header, body []byte) ([]byte, bool) {
	encoding := strings.ToLower(strings.TrimSpace(h.Get("Content-Encoding")))
	if encoding == "" || encoding == "identity" {
		return body, true
	}
	if !allows(r.Header.Values("Accept-Encoding"), encoding) {
		f.add(Encoding, f.atOperation(), "header Content-Encoding", "%s was not asked for", show(encoding))
		return nil, false
	}
	if encoding != "gzip" {
		return nil, false // asked for, and not for us to read
	}
	plain, err := gzip.NewReader(bytes.NewReader(body))
	if err == nil {
		body, err = io.ReadAll(plain)
	}
	if err != nil {
		f.add(Encoding, f.atOperation(), "body", "is not gzip: %v", err)
		return nil, false
	}
	return body, true
}

// allows says whether an Accept-Encoding has every one of the codings.
func allows(accepted []string, codings string) bool {
	weights := map[string]string{}
	for part := range strings.SplitSeq(strings.ToLower(strings.Join(accepted, ",")), ",") {
		coding, params, _ := strings.Cut(part, ";")
		_, weights[strings.TrimSpace(coding)], _ = strings.Cut(strings.ReplaceAll(params, " ", ""), "q=")
	}
	for coding := range strings.SplitSeq(codings, ",") {
		weight, named := weights[strings.TrimSpace(coding)]
		if !named {
			weight, named = weights["*"]
		}
		if !named || refused(weight) {
			return false
		}
	}
	return true
}

// lengthHeader judges a Content-Length that was written by hand.
func (f *finding) lengthHeader(h http.Header, size int) {
	lengths := h.Values("Content-Length")
	for _, text := range lengths {
		if text != strconv.Itoa(size) {
			f.add(Length, f.atOperation(), "header Content-Length", "says %s, and the body has %d bytes", show(text), size)
		}
	}
	if len(lengths) > 0 && h.Get("Transfer-Encoding") != "" {
		f.add(Length, f.atOperation(), "header Content-Length", "comes beside a Transfer-Encoding, which says another length")
	}
}
