package apichange

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// CutRevision splits REVISION:PATH, the notation of git. The name of an existing file is not split.
func CutRevision(name string) (revision, path string, ok bool) {
	if _, err := os.Lstat(name); err == nil {
		return "", name, false
	}
	revision, path, ok = strings.Cut(name, ":")
	return revision, path, ok && revision != "" && path != ""
}

// Extract writes the files of a git revision into a directory, and returns the new location of path, which is relative to
// the working directory. It skips links and other files that are not regular.
func Extract(revision, path, dir string) (string, error) {
	prefix, err := git("rev-parse", "--show-prefix")
	if err != nil {
		return "", err
	}
	commit, err := git("rev-parse", "--verify", "--end-of-options", revision+"^{commit}")
	if err != nil {
		return "", fmt.Errorf("%s is not a revision of this repository: %w", revision, err)
	}
	top, err := git("rev-parse", "--show-toplevel")
	if err != nil {
		return "", err
	}
	archive, err := git("-C", strings.TrimSpace(string(top)), "archive", "--format=tar", strings.TrimSpace(string(commit)))
	if err != nil {
		return "", err
	}
	if err := untar(bytes.NewReader(archive), dir); err != nil {
		return "", fmt.Errorf("revision %s: %w", revision, err)
	}
	at := filepath.Join(dir, filepath.FromSlash(strings.TrimSpace(string(prefix))), path)
	if _, err := os.Stat(at); err != nil {
		return "", fmt.Errorf("%s is not in revision %s", path, revision)
	}
	return at, nil
}

func git(args ...string) ([]byte, error) {
	out, err := exec.Command("git", args...).Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return nil, fmt.Errorf("git %s: %s", args[0], bytes.TrimSpace(exit.Stderr))
	}
	return out, err
}

func untar(r io.Reader, dir string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	files := tar.NewReader(r)
	for {
		header, err := files.Next()
		if err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		switch header.Typeflag {
		case tar.TypeDir:
			err = root.MkdirAll(filepath.Clean(header.Name), 0o755)
		case tar.TypeReg:
			err = writeFile(root, filepath.Clean(header.Name), files, header.FileInfo().Mode())
		}
		if err != nil {
			return err
		}
	}
}

func writeFile(root *os.Root, name string, r io.Reader, mode fs.FileMode) error {
	f, err := root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode.Perm())
	if err != nil {
		return err
	}
	_, err = io.Copy(f, r)
	return errors.Join(err, f.Close())
}
