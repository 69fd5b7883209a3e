package console

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/highlevel-go/snapshots/api/sandbox"
)

// callTexts is a call as text to copy from the page; "" where that is not possible.
type callTexts struct {
	Go      string `json:"go"`
	Curl    string `json:"curl"`
	Command string `json:"command"`
}

// readCall reads a submitted form and builds its request. The base is the address of the sandbox in the user's browser,
// which the guard has checked.
func (c *Console) readCall(w http.ResponseWriter, r *http.Request) (base string, o *operation, values []filledInput, sent *http.Request, err error) {
	var form call
	if err := readJSON(w, r, &form); err != nil {
		return "", nil, nil, nil, err
	}
	at := slices.IndexFunc(c.operations, func(o operation) bool { return o.ID == form.Operation })
	if at < 0 {
		return "", nil, nil, nil, statusError{http.StatusNotFound, errors.New("there is no such operation")}
	}
	base, o = "http://"+strings.ToLower(r.Host), &c.operations[at]
	values = o.values(form)
	sent, err = o.request(base, values)
	return base, o, values, sent, err
}

func (c *Console) writeCall(w http.ResponseWriter, r *http.Request) error {
	base, o, values, sent, err := c.readCall(w, r)
	if err != nil {
		return err
	}
	asGo, err := o.goCall(base, values, sent)
	if err != nil {
		return statusError{http.StatusInternalServerError, err}
	}
	return sendJSON(w, callTexts{Go: asGo.program, Curl: curl(sent, o.open), Command: commandLine(base, o.ID, values, asGo.refused)})
}

// callHeader marks the requests of forms in the log.
const callHeader = "X-Console-Call"

// sendCall sends the request of a form and responds with its log entry, in which tokens are redacted: the page receives
// neither the token of the request nor one in the response.
func (c *Console) sendCall(w http.ResponseWriter, r *http.Request) error {
	_, o, _, out, err := c.readCall(w, r)
	if err != nil {
		return err
	}
	mark := strconv.FormatInt(c.calls.Add(1), 10)
	out.Header.Set(callHeader, mark)
	if !o.open {
		out.Header.Set("Authorization", "Bearer "+sandbox.Token)
	}
	out.Header.Set("User-Agent", r.UserAgent())
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(c.ctx, cancel)()
	response, err := c.box.RoundTrip(out.WithContext(ctx))
	if err == nil {
		_ = response.Body.Close()
	}
	extendWriteDeadline(c.ctx, w) // the response may have been delayed
	for _, logged := range slices.Backward(c.box.Requests()) {
		if logged.RequestHeader.Get(callHeader) == mark {
			return sendJSON(w, c.judge(logged))
		}
	}
	return statusError{http.StatusGone, errors.New("the call was sent, but it is no longer in the log")}
}
