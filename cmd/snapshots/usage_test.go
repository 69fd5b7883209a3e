package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// wrongUsage are command lines and what the error says. The words of a command line are separated by one space, so that ” is two
// of them.
var wrongUsage = map[string]string{
	"nonsense":            `unknown command "nonsense" for "snapshots"`,
	"lst":                 `unknown command "lst" for "snapshots"; there is list`,
	"journal shw":         `unknown command "shw" for "snapshots journal"; there is show`,
	"journal nonsense":    `unknown command "nonsense" for "snapshots journal"`,
	"auth nonsense":       `unknown command "nonsense" for "snapshots auth"`,
	"completion nonsense": `unknown command "nonsense" for "snapshots completion"`,
	"help nonsense":       `no command or help topic "nonsense"`,
	"help auth nonsense":  `no command or help topic "auth nonsense"`,
	"version --nonsense":  "unknown flag: --nonsense",
	"version one":         `unknown command "one" for "snapshots version"`,
	"list one":            `unknown command "one" for "snapshots list"`,
	"doctor one":          `unknown command "one" for "snapshots doctor"`,

	"list --sandbox -o xml":                                             "formats are table, json, jsonl, csv",
	"list --token-file token --company c --base-url nonsense":           "the settings are invalid: ",
	"list --token-file token --company c --base-url http://example.com": "would send the token unencrypted",
	"list --token my-secret-token":                                      "can be seen by other users",
	"list --token=my-secret-token":                                      "can be seen by other users",
	"list --profile ../x":                                               "cannot name a profile",
	"auth status --token my-secret-token":                               "a token on the command line can be seen",
	"auth login --sandbox --with-token":                                 "leave --sandbox out",
	"auth status --sandbox":                                             "leave --sandbox out",
	"auth logout --sandbox":                                             "leave --sandbox out",
	"auth login --store nowhere":                                        "is not keyring or file",
	"auth login --with-token --store file":                              "standard input is empty",
	"auth login --redirect-url http://x/":                               "secret of the app in HIGHLEVEL_CLIENT_SECRET",
	"mcp --sandbox --allow-destructive":                                 "--allow-destructive needs --allow-writes",
	"mcp --token-file -":                                                "standard input is the assistant",
	"mcp --sandbox --http 127.0.0.1:0 --http-token-file short":          "short has 5",
	"mcp --sandbox --http 0.0.0.0:0 --http-token-file mcp.token":        "is not a loopback address",
	"mcp --sandbox --http 127.0.0.1:0":                                  "at least 16 characters",
	"locations one two --sandbox":                                       "accepts at most 1 arg",
	"locations --limit -1 --sandbox":                                    "--limit",
	"status Onboarding":                                                 "accepts 2 arg",
	"status Onboarding  --sandbox":                                      "the name is empty: give the id or name of a sub-account",
	"wait a id:b --sandbox --limit -1s":                                 "must be more than 0",
	"pushes":                                                            "accepts 1 arg",
	"pushes a --from tomorrow":                                          `--from: "tomorrow" is not a date`,
	"pushes a --from 2025-10-02 --to 2025-10-01":                        "is later than --to",

	"audit --to 2025-10-01":                   "--to needs --from",
	"audit --from -7d --journal k":            "the command that continues must ask for the same period",
	"audit --from 2025-10-02 --to 2025-10-01": "is later than",
	"audit --sandbox --snapshot ":             "the name is empty",

	"load Onboarding":                                   "accepts 2 arg",
	"load a b --wait --limit 0s --sandbox":              "must be more than 0",
	"load Onboarding  --sandbox":                        "the name is empty: give the id or name of a sub-account",
	"load id: sandbox-location-3 --sandbox":             "the name is empty: give the id or name of a snapshot",
	"load id:a sandbox-location-3 --override --sandbox": "replaces assets that sub-account sandbox-location-3 has already. Nobody can be asked here: --yes confirms it",

	"share --sandbox": "name a snapshot, or a file",
	"share a --sandbox --relationship-number 1":               "--type is required; the types are link, permanent_link, agency_link, location_link",
	"share a --type agency_link --location x --sandbox":       "--relationship-number is required when --type is agency_link; --location must be empty",
	"share a --type nonsense --sandbox":                       `--type "nonsense" is not one of link`,
	"share  --type link --sandbox":                            "the name is empty: give the id or name of a snapshot",
	"share id:a --type location_link --location  --sandbox":   "the name is empty: give the id or name of a sub-account",
	"share a --type link --results x.csv --sandbox":           "--results is for many links",
	"share Onboarding --type link --sandbox":                  "A new link of Onboarding (sandbox-snapshot-own) can end the one that was handed out before. Nobody can be asked here: --yes confirms it",
	"share id:a --type location_link --location \t --sandbox": "the name is empty: give the id or name of a sub-account",
	"share --file - --sandbox --yes":                          "need --journal",
	"share --file rows.csv --type link":                       "--type cannot be combined with --file",
	"share --file rows.csv --yes --concurrent 0":              "--concurrent must be more than 0",
	"share --file rows.csv --yes --results out.xlsx":          "does not end with .csv, .json or .jsonl",
	"share --file rows.csv --yes --results ./rows.csv":        "--results: ./rows.csv holds the rows or the journal",
	"share --file rows.csv --journal j.csv --results j.csv":   "holds the rows or the journal",
	"share --file rows.csv --yes --journal rows.csv":          "--journal: rows.csv holds the rows",
	"share --file rows.csv --yes --results nowhere/out.csv":   "--results: open nowhere",
	"share --file rows.csv --yes --results dir.csv":           "--results: dir.csv is a directory",
	"share --file bad.csv --sandbox --yes":                    "bad.csv:2: relationship_numbers is required when type is agency_link\nbad.csv:3: snapshot is required\nbad.csv:4: type \"nonsense\" is not one of",
	"share --file header.csv --sandbox --yes":                 `header.csv:1: unknown column "nmae"; the columns are snapshot, type,`,
	"share --file unknown.csv --sandbox --yes":                `unknown.csv:2: the agency has no snapshot with the id or name "Nothing"`,
	"share --file twice.csv --sandbox --yes":                  "twice.csv:3: line 2 makes a link of the same snapshot",
	"share --file bad.jsonl --sandbox --yes":                  `bad.jsonl:2: json: unknown field "x"`,
	"share --file empty.csv --sandbox --yes":                  "there is no row",
	"journal show absent.journal":                             "there is no journal absent.journal\n",
	"journal show rows.csv.journal":                           "there is no journal rows.csv.journal, but there is rows.csv.sandbox-journal",

	"sandbox somewhere":                 `unknown command "somewhere"`,
	"sandbox --nonsense":                "unknown flag: --nonsense",
	"sandbox --seed everything":         `--seed: "everything" is not one of snapshots, demo, empty`,
	"sandbox --dates roman":             `--dates: "roman" is not one of iso, local, mixed, narrow-space`,
	"sandbox --state ":                  "--state: no file is named",
	"sandbox --rate-limit 0":            "--rate-limit: 0",
	"sandbox --rate-limit many":         "rate-limit",
	"sandbox --token-life 1ms":          "--token-life: 1ms is not at least 1s",
	"sandbox --token-life soon":         "token-life",
	"sandbox --fault status=204;body=x": "--fault: fault: body: an answer with status 204 has none",
	"sandbox --fault status=9":          "--fault: fault: status: 9 is not from 200 to 599",
	`sandbox --fault {"status":"x"}`:    "--fault: fault: it cannot be read: ",
}

// A mistake in a command line has an exit code of its own, and the error says what is wrong and where help is. Nothing is sent, and
// no token is repeated.
func TestWrongUsage(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"rows.csv": "snapshot,type\nOnboarding,link\n", "rows.csv.sandbox-journal": "",
		"bad.csv": "snapshot,type\nOnboarding,agency_link\n,link\nOnboarding,nonsense\n", "header.csv": "snapshot,nmae\n",
		"unknown.csv": "snapshot,type\nNothing,link\n", "twice.csv": "snapshot,type\nOnboarding,link\nOnboarding,link\n",
		"bad.jsonl": `{"snapshot":"Onboarding","type":"link"}` + "\n" + `{"x":1}` + "\n", "empty.csv": "snapshot,type\n", "token": "my-secret-token", "short": "12345", "mcp.token": "my-secret-token-of-the-server",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir("dir.csv", 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("HIGHLEVEL_CONFIG", t.TempDir())
	t.Setenv("HIGHLEVEL_BASE_URL", "http://127.0.0.1:1") // where nothing listens
	for line, want := range wrongUsage {
		var out, said strings.Builder
		code := run(t.Context(), strings.Split(line, " "), strings.NewReader(""), &out, &said)
		if code != exitUsage || !strings.Contains(said.String(), want) || !strings.Contains(said.String(), "COMMAND --help") {
			t.Errorf("%s: exit code %d, %s", line, code, said.String())
		}
		if out.Len() > 0 || strings.Contains(said.String(), "my-secret") {
			t.Errorf("%s: printed %s%s", line, out.String(), said.String())
		}
	}
	if rows, err := os.ReadFile("rows.csv"); err != nil || string(rows) != "snapshot,type\nOnboarding,link\n" {
		t.Errorf("the rows are %q, %v", rows, err)
	}
	if journals, _ := filepath.Glob("*.journal"); journals != nil {
		t.Errorf("there are the journals %q", journals)
	}
}
