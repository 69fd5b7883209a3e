package conformance

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/highlevel-go/snapshots/api/rest"
)

// refusedBy compares the client's error with the service's error response.
func (b *binding) refusedBy(status int, body string, result any, err error) error {
	var refused *rest.Error
	switch {
	case err == nil:
		return fmt.Errorf("status %d is no error", status)
	case result != nil:
		return fmt.Errorf("a result came with the error %w", err)
	case !errors.As(err, &refused):
		return fmt.Errorf("the error is not a *rest.Error: %w", err)
	case refused.Status != status:
		return fmt.Errorf("the error has status %d, the answer %d", refused.Status, status)
	case refused.Operation == nil || refused.Operation.ID != b.id:
		return fmt.Errorf("the error names the operation %v", refused.Operation)
	case !strings.HasPrefix(err.Error(), b.rest.String()+": "):
		return fmt.Errorf("the error does not begin with the operation: %w", err)
	case strings.Contains(err.Error(), token) || strings.Contains(fmt.Sprintf("%+v %#v", refused, refused.Header), token):
		return errors.New("the error shows the token")
	case !strings.Contains(err.Error(), strconv.Itoa(status)):
		return fmt.Errorf("the error does not name the status %d: %w", status, err)
	}
	for _, text := range messagesOf(body) {
		if !slices.Contains(refused.Messages, text) {
			return fmt.Errorf("the error's messages %q lack %q", refused.Messages, text)
		}
	}
	for status, kind := range sentinels {
		if is := errors.Is(err, kind); is != (status == refused.Status || status == 400 && refused.Status == 422) && status != 404 {
			return fmt.Errorf("status %d: errors.Is(err, %q) is %v", refused.Status, kind, is)
		}
	}
	return nil
}

// sentinels are the sentinels that every error of a status matches. (A 400 can also be an ErrNotFound, by its message.)
var sentinels = map[int]error{
	400: rest.ErrInvalid, 401: rest.ErrUnauthorized, 403: rest.ErrForbidden, 404: rest.ErrNotFound, 429: rest.ErrRateLimited,
}

// messagesOf returns the messages of an error response, where the service usually puts them.
func messagesOf(body string) []string {
	var v struct {
		Message any `json:"message"`
	}
	if json.Unmarshal([]byte(body), &v) != nil {
		return nil
	}
	var out []string
	switch m := v.Message.(type) {
	case string:
		out = append(out, strings.TrimSpace(m))
	case []any:
		for _, item := range m {
			if text, ok := item.(string); ok {
				out = append(out, strings.TrimSpace(text))
			}
		}
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}
