package main

import (
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/dates"
	"github.com/spf13/cobra"
)

// helpTopics are pages of help that belong to no command.
func helpTopics() []*cobra.Command {
	return []*cobra.Command{
		{Use: "exit-codes", Short: "What the exit codes mean", Long: `Exit codes:

    0  it is done
    1  the service refused, nothing was found, a push failed, or a file cannot be read or written
    2  wrong usage: a flag, an argument, a file of rows, or a question that nobody could be asked
    3  the token: there is none, it was refused, or it lacks a scope or access
    4  the rate limit, of the moment or of the day
    5  perhaps done: the request may have been carried out, or surely was, but no answer came that can be read
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
snapshots auth login has stored for the profile, in this order. It is never taken from the command line and never shown.

profiles.yaml in the directory highlevel of the user's settings:

  profile: main
  profiles:
    main:
      company: 5DP4iH6HLkQsiKESj6rh
      version: v3
    client-a:
      company: 2kYhW8pGDmZ0aRbLcT1n
      token_file: client-a.token`},
		{Use: "dates", Short: "How dates are written", Long: `A flag that takes a date accepts ` + dates.Forms + `,
and now, today and yesterday. A date is a day of the local zone, which TZ sets. Results show moments in the local zone with its
offset, in JSON and CSV in UTC.`},
	}
}
