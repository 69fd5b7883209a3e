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

// accept judges whether a documented response would be acceptable.
func (c *check) accept(values []string) {
	accepted := strings.TrimSpace(strings.Join(values, ","))
	if accepted == "" || c.route.op.Responses == nil {
		return // everything is acceptable
	}
	var offered []string
	for _, ref := range c.route.op.Responses.Map() {
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
	c.add(Accept, c.atOperation(), "header Accept", "%s rules out every documented response", show(accepted))
}

// refused reports whether a weight is zero, which rules out the value that it belongs to.
func refused(q string) bool {
	weight, err := strconv.ParseFloat(q, 64)
	return err == nil && weight == 0
}

// mostPlain is the maximum size of a compressed body after decompression. A megabyte of gzip can contain a gigabyte.
const mostPlain = 64 << 20

// decoded undoes the content encoding that the request allowed.
func (c *check) decoded(r *http.Request, h http.Header, body []byte) ([]byte, bool) {
	encoding := strings.ToLower(strings.TrimSpace(h.Get("Content-Encoding")))
	if encoding == "" || encoding == "identity" {
		return body, true
	}
	if !allows(r.Header.Values("Accept-Encoding"), encoding) {
		c.add(Encoding, c.atOperation(), "header Content-Encoding", "%s was not asked for", show(encoding))
		return nil, false
	}
	if encoding != "gzip" {
		return nil, false // accepted by the client, but in an encoding that is not decoded here
	}
	plain, err := gzip.NewReader(bytes.NewReader(body))
	if err == nil {
		body, err = io.ReadAll(io.LimitReader(plain, mostPlain+1))
	}
	if err == nil && len(body) > mostPlain {
		c.add(Encoding, c.atOperation(), "body", "is gzip of more than %d bytes, which is more than is read", mostPlain)
		return nil, false
	}
	if err != nil {
		c.add(Encoding, c.atOperation(), "body", "is not gzip: %v", err)
		return nil, false
	}
	return body, true
}

// allows reports whether an Accept-Encoding contains every one of the codings.
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

// length judges the length that a message has for package http (-1 if it is not known), and a Content-Length among its
// headers.
func (c *check) length(h http.Header, known int64, size int) {
	if known >= 0 && known != int64(size) {
		c.add(Length, c.atOperation(), "body", "has %d bytes, and its Content-Length says %d", size, known)
	}
	lengths := h.Values("Content-Length")
	for _, text := range lengths {
		if text != strconv.Itoa(size) {
			c.add(Length, c.atOperation(), "header Content-Length", "says %s, and the body has %d bytes", show(text), size)
		}
	}
	if len(lengths) > 0 && h.Get("Transfer-Encoding") != "" {
		c.add(Length, c.atOperation(), "header Content-Length", "comes beside a Transfer-Encoding, which says another length")
	}
}
