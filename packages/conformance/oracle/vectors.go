package oracle

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
)

// header is the first line of a vector file.
type header struct {
	Primitive string `json:"primitive"`
	Go        string `json:"go"`
	XSync     string `json:"xsync"`
	SHA256    string `json:"sha256"` // of x/sync's sources
	Seed      uint64 `json:"seed"`
	Scripts   int    `json:"scripts"`
	Steps     int    `json:"steps"`
	Command   string `json:"command"`
}

// versions are the x/sync that have been tried, by the hash of their sources. A checkout
// does not say which version it is, and a hash names no version.
var versions = map[string]string{
	"032ffe98851369a18f9be5c013e1ff183a47958bf39d09bafe2232e13c6b6bca": "v0.24.0",
	"48d19bcac77ef04cf3d1314fa8fbb147b8123db9a6cad0b89b722ff46994d879": "ec11c4a",
}

// identify tells which x/sync lies in a folder.
func identify(folder string) (version, hash string, err error) {
	sources := sha256.New()
	for _, name := range []string{"errgroup", "semaphore", "singleflight"} {
		source, err := os.ReadFile(filepath.Join(folder, name, name+".go"))
		if err != nil {
			return "", "", err
		}
		sources.Write(source)
	}
	hash = hex.EncodeToString(sources.Sum(nil))
	version = versions[hash]
	if version == "" {
		version = "unknown"
	}
	return version, hash, nil
}

// write stores the scripts as gzipped lines of JSON. The gzip header carries no name and
// no time, so that the same scripts are the same bytes.
func write(folder string, h header, scripts []script) error {
	h.Go = runtime.Version()
	h.Scripts = len(scripts)
	h.Command = "packages/conformance/oracle/regenerate"
	for _, s := range scripts {
		h.Steps += len(s["steps"].([]step))
	}
	var file bytes.Buffer
	zip, err := gzip.NewWriterLevel(&file, gzip.BestCompression)
	if err != nil {
		return err
	}
	lines := json.NewEncoder(zip)
	lines.SetEscapeHTML(false)
	if err := lines.Encode(h); err != nil {
		return err
	}
	for _, s := range scripts {
		if err := lines.Encode(s); err != nil {
			return err
		}
	}
	if err := zip.Close(); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, h.Primitive+".jsonl.gz"), file.Bytes(), 0o644)
}
