package docpage

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage/page"
	"github.com/highlevel-go/snapshots/internal/docpage/rendered"
)

// A page's HTML does not name the script with its operation. It is found in four steps, without a browser: the HTML names
// runtime and main; main has the page's route and the name of its content; the runtime has two tables, from number to name
// and from number to hash; name and hash form the address.

// Getter fetches a file of a site by its absolute path, such as /docs/assets/js/main.396c3e4e.js.
type Getter func(path string) ([]byte, error)

// ErrNoPayload means that a site has no operation for a page.
var ErrNoPayload = errors.New("the site has no script with an operation for this page")

var (
	scriptTables = regexp.MustCompile(`"([^"]*/)"\s*\+\s*\(+\{([^{}]*)\}\)?\[\w+\]\s*\|\|\s*\w+\)\s*\+\s*"\."\s*\+\s*\(?\{([^{}]*)\}`)
	tableEntry   = regexp.MustCompile(`"?([\w-]+)"?\s*:\s*"([\w-]+)"`)
	publicPath   = regexp.MustCompile(`\.p\s*=\s*"([^"]*)"`)
	contentName  = regexp.MustCompile(`"content"\s*:\s*"([\w-]+)"`)
)

// ChunkPath finds the absolute path of the script with the operation of the page at a route such as
// /docs/ghl/snapshots/get-snapshot-push.
func ChunkPath(pageHTML []byte, route string, get Getter) (string, error) {
	runtimePath, mainPath := page.Scripts(pageHTML)
	if runtimePath == "" || mainPath == "" {
		return "", fmt.Errorf("%w: its HTML names no runtime and main script", ErrNoPayload)
	}
	main, err := get(mainPath)
	if err != nil {
		return "", err
	}
	name := contentOf(main, route)
	if name == "" {
		return "", fmt.Errorf("%w: the main script does not know %s", ErrNoPayload, route)
	}
	runtime, err := get(runtimePath)
	if err != nil {
		return "", err
	}
	return chunkOf(runtime, name, mainPath)
}

// contentOf finds the name of a route's content in the main script.
func contentOf(main []byte, route string) string {
	route = strings.TrimSuffix(strings.TrimSuffix(route, "index.html"), "/")
	for _, key := range []string{route, route + "/"} {
		entry := regexp.MustCompile(`"` + regexp.QuoteMeta(key) + `-[0-9a-f]{3}"\s*:\s*(\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\})`)
		for _, m := range entry.FindAllSubmatch(main, -1) {
			if content := contentName.FindSubmatch(m[1]); content != nil {
				return string(content[1])
			}
		}
	}
	return ""
}

// chunkOf returns the path of a named chunk, from the tables of the runtime.
func chunkOf(runtime []byte, name, mainPath string) (string, error) {
	m := scriptTables.FindSubmatch(runtime)
	if m == nil {
		return "", fmt.Errorf("%w: the runtime script has no tables of names and hashes", ErrNoPayload)
	}
	id := ""
	for _, entry := range tableEntry.FindAllSubmatch(m[2], -1) {
		if string(entry[2]) == name {
			id = string(entry[1])
		}
	}
	if id == "" { // a chunk whose number is its name
		id = name
	}
	for _, entry := range tableEntry.FindAllSubmatch(m[3], -1) {
		if string(entry[1]) != id {
			continue
		}
		base := "/"
		if p := publicPath.FindSubmatch(runtime); p != nil {
			base = string(p[1])
		} else if i := strings.Index(mainPath, string(m[1])); i >= 0 {
			base = mainPath[:i]
		}
		return base + string(m[1]) + name + "." + string(entry[2]) + ".js", nil
	}
	return "", fmt.Errorf("%w: the runtime script has no hash for %s", ErrNoPayload, name)
}

// readSaved reads the HTML of a page in a saved site, preferring the operation in its script.
func readSaved(file string, data []byte) (*page.Page, error) {
	rendered, renderErr := rendered.ReadHTML(file, data)
	payload, err := savedPayload(file, data)
	if err != nil {
		return rendered, renderErr
	}
	if renderErr == nil {
		supplement(payload, rendered)
	}
	if address := page.OwnAddress(data); address != "" {
		payload.NameFromLink(address)
	}
	return payload, nil
}

func savedPayload(file string, data []byte) (*page.Page, error) {
	runtimePath, _ := page.Scripts(data)
	if runtimePath == "" {
		return nil, ErrNoPayload
	}
	site, err := findSite(file, runtimePath)
	if err != nil {
		return nil, err
	}
	route := routeOf(page.OwnAddress(data))
	if route == "" {
		if relative, err := filepath.Rel(site.root, filepath.Dir(file)); err == nil {
			route = site.base + "/" + filepath.ToSlash(relative)
		}
	}
	get := func(p string) ([]byte, error) { return readBounded(site.file(p)) }
	chunk, err := ChunkPath(data, route, get)
	if err != nil {
		return nil, err
	}
	script, err := get(chunk)
	if err != nil {
		return nil, err
	}
	return parsePayload(site.file(chunk), script)
}

// savedSite is a directory in which a site, or the part below its base address, was saved.
type savedSite struct {
	root string
	base string // "/docs" if the directory begins below it
}

func (s savedSite) file(p string) string {
	return filepath.Join(s.root, filepath.FromSlash(strings.TrimPrefix(path.Clean("/"+p), s.base)))
}

// findSite searches the directories above a file for a script of the site.
func findSite(file, script string) (savedSite, error) {
	absolute, err := filepath.Abs(file)
	if err != nil {
		return savedSite{}, err
	}
	script = path.Clean("/" + script)
	for dir := filepath.Dir(absolute); ; dir = filepath.Dir(dir) {
		for base := script; base != "/"; {
			base = path.Dir(base)
			site := savedSite{root: dir, base: strings.TrimSuffix(base, "/")}
			if strings.Count(script[len(site.base):], "/") < 2 { // the script's own directory is not a site
				continue
			}
			if _, err := os.Stat(site.file(script)); err == nil {
				return site, nil
			}
		}
		if dir == filepath.Dir(dir) {
			return savedSite{}, ErrNoPayload
		}
	}
}

// routeOf returns the path of an address; "" if it is not an address.
func routeOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	return strings.TrimSuffix(strings.TrimSuffix(u.Path, "index.html"), "/")
}
