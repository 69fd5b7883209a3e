package main

import (
	"fmt"
	"strings"

	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/dates"
	"github.com/spf13/cobra"
)

// helpCommand prints the help of a command or a topic, and refuses a name that none has.
func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Print the help of a command or a topic",
		RunE: func(cmd *cobra.Command, args []string) error {
			found, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return &usageError{fmt.Errorf("there is no command and no topic of help %q; snapshots help lists them", strings.Join(args, " "))}
			}
			found.InitDefaultHelpFlag()
			return found.Help()
		},
	}
}

// helpTopics are pages of help that belong to no command.
func helpTopics() []*cobra.Command {
	return []*cobra.Command{
		{Use: "exit-codes", Short: "What the exit codes mean", Long: `Exit codes:

    0  it is done
    1  the service refused, nothing was found, a push failed, or a file cannot be read or written
    2  wrong usage: a flag, an argument, a file of rows, or a question that nobody could be asked
    3  the token: there is none, it was refused, or it lacks a scope or access
    4  the rate limit, of the moment or of the day
    5  perhaps done: the request may have been carried out, or surely was, but no answer came that can be read or its result
       could not be written
  130  interrupted, and nothing is perhaps done`},
		{Use: "settings", Short: "Where settings and the token come from", Long: `A setting comes from a flag, else from the environment, else from a profile:

  --token-file     HIGHLEVEL_TOKEN_FILE     token_file     file that holds the token; - is standard input
                   HIGHLEVEL_TOKEN                         the token itself
  --company        HIGHLEVEL_COMPANY        company        id of the agency
  --api-version    HIGHLEVEL_VERSION        version        2021-07-28 or v3
  --base-url       HIGHLEVEL_BASE_URL       base_url       address of the service
  --profile        HIGHLEVEL_PROFILE        profile        account to use
  --client-id      HIGHLEVEL_CLIENT_ID      client_id      OAuth app, for auth login
  --redirect-url   HIGHLEVEL_REDIRECT_URL   redirect_url   OAuth app, for auth login
                   HIGHLEVEL_CLIENT_SECRET                 OAuth app, for auth login
                   HIGHLEVEL_CONFIG                        directory of profiles.yaml and of tokens in files
                   NO_COLOR                                no colours

The token is that of --token-file, of HIGHLEVEL_TOKEN, of HIGHLEVEL_TOKEN_FILE, of token_file in the profile, or what
snapshots auth login has stored for the profile, in this order. It is never accepted on the command line and never shown.

profiles.yaml in the directory highlevel of the user's settings:

  profile: main
  profiles:
    main:
      company: 5DP4iH6HLkQsiKESj6rh
      version: v3
    client-a:
      company: 2kYhW8pGDmZ0aRbLcT1n
      token_file: client-a.token`},
		{Use: "output", Short: "Forms of output", Long: `Results go to standard output, everything else to standard error.

  -o table   for people; coloured on a terminal, unless NO_COLOR is set or TERM is dumb
  -o json    a list of objects, or one object where a command has one result; nothing where a list cannot be read to its end
  -o jsonl   an object a line, each as soon as it is there
  -o csv     a header and a record a line, each as soon as it is there

The exit code tells whether a list in JSON lines, CSV or a table is complete.

No results are an empty list in JSON, nothing in JSON lines, and the header alone in CSV.

In CSV a text that begins with =, +, -, @, a tab or a line end has an apostrophe before it: a spreadsheet would take it for a formula,
and the names of sub-accounts are often chosen by strangers. JSON has every text as it is.`},
		{Use: "dates", Short: "How dates are written", Long: `A flag that takes a date accepts ` + dates.Forms + `,
and now, today and yesterday. A date is a day of the local zone, which TZ sets. Results show moments in the local zone with its
offset, in JSON and CSV in UTC.`},
	}
}
