package main

import (
	"fmt"
	"strings"

	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/dates"
	"github.com/spf13/cobra"
)

// helpCommand prints the help of a command or a topic, and rejects an unknown name.
func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Print the help of a command or a topic",
		RunE: func(cmd *cobra.Command, args []string) error {
			found, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return &usageError{fmt.Errorf("there is no command or help topic %q; snapshots help lists them", strings.Join(args, " "))}
			}
			found.InitDefaultHelpFlag()
			return found.Help()
		},
	}
}

// helpTopics returns help pages that belong to no command.
func helpTopics() []*cobra.Command {
	return []*cobra.Command{
		{Use: "exit-codes", Short: "What the exit codes mean", Long: `Exit codes:

    0  success
    1  the service refused, nothing was found, a push failed, or a file cannot be read or written
    2  wrong usage: a flag, an argument, a file of rows, or a question that could not be asked
    3  the token is missing, was refused, or lacks a scope or access
    4  the rate limit or the daily limit has been reached
    5  perhaps done: the request may have been executed (no response could be read), or was executed but its result could not be
       written
  130  interrupted, and no request has an unknown outcome`},
		{Use: "settings", Short: "Sources of settings and of the token", Long: `Settings are read from flags, then from environment variables, then from a profile:

  --token-file     HIGHLEVEL_TOKEN_FILE     token_file     file that contains the token; - is standard input
                   HIGHLEVEL_TOKEN                         the token itself
  --company        HIGHLEVEL_COMPANY        company        id of the agency
  --api-version    HIGHLEVEL_VERSION        version        2021-07-28 or v3
  --base-url       HIGHLEVEL_BASE_URL       base_url       address of the service
  --profile        HIGHLEVEL_PROFILE        profile        account to use
  --client-id      HIGHLEVEL_CLIENT_ID      client_id      OAuth app, for auth login
  --redirect-url   HIGHLEVEL_REDIRECT_URL   redirect_url   OAuth app, for auth login
                   HIGHLEVEL_CLIENT_SECRET                 OAuth app, for auth login
                   HIGHLEVEL_CONFIG                        directory of profiles.yaml and of token files
                   NO_COLOR                                no colours

The token is read from the first of these: --token-file, HIGHLEVEL_TOKEN, HIGHLEVEL_TOKEN_FILE, token_file in the profile, the
token that snapshots auth login stored for the profile. It is never accepted as an argument and never shown.

profiles.yaml, in the directory highlevel of the user's configuration directory:

  profile: main
  profiles:
    main:
      company: 5DP4iH6HLkQsiKESj6rh
      version: v3
    client-a:
      company: 2kYhW8pGDmZ0aRbLcT1n
      token_file: client-a.token`},
		{Use: "output", Short: "Output formats", Long: `Results go to standard output, everything else to standard error.

  -o table   for people; coloured on a terminal, unless NO_COLOR is set or TERM is dumb
  -o json    a list of objects, or one object if a command has one result; nothing if a list cannot be read completely
  -o jsonl   one object per line, each as soon as it is available
  -o csv     a header, then one record per line, each as soon as it is available

The exit code says whether a list in JSON lines, CSV or a table is complete.

If there are no results, JSON has an empty list, JSON lines nothing, and CSV only the header.

In CSV, a text that begins with =, +, -, @, a tab or a line end is preceded by an apostrophe, because a spreadsheet would treat it as a
formula, and strangers often choose the names of sub-accounts. JSON contains every text unchanged.`},
		{Use: "dates", Short: "Formats of dates", Long: `Flags for dates accept ` + dates.Forms + `,
and now, today and yesterday. A date is a day in the local time zone, which TZ sets. Results show times in the local zone with its
offset, and in UTC in JSON and CSV.`},
	}
}
